import { eventMigrations } from '@stoa/events';
import { ledgerIsAppendOnly } from './2026-11-24-ledger-is-append-only.ts';
import { payments } from './2026-11-24-payments.ts';
import { sandbox } from './2026-11-24-sandbox.ts';

/** In the order in which they are applied. */
export const migrations = [...eventMigrations, payments, ledgerIsAppendOnly, sandbox];

import { eventMigrations } from '@stoa/events';
import { ledgerIsAppendOnly } from './2026-11-24-ledger-is-append-only.ts';
import { payments } from './2026-11-24-payments.ts';
import { sandbox } from './2026-11-24-sandbox.ts';
import { nextCheck } from './2026-11-25-next-check.ts';
import { sandboxWebhooks } from './2026-11-25-sandbox-webhooks.ts';
import { webhooks } from './2026-11-25-webhooks.ts';

/** In the order in which they are applied. */
export const migrations = [
  ...eventMigrations,
  payments,
  ledgerIsAppendOnly,
  sandbox,
  webhooks,
  sandboxWebhooks,
  nextCheck,
];

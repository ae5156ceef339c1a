import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { reservations } from './2026-11-24-reservations.ts';
import { stock } from './2026-11-24-stock.ts';
import { restocks } from './2026-11-26-restocks.ts';

/** In the order in which they are applied. */
export const migrations: readonly MigrationDefinition[] = [...eventMigrations, stock, reservations, restocks];

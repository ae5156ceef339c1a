import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { carts } from './2026-11-24-carts.ts';
import { checkouts } from './2026-11-24-checkouts.ts';
import { orders } from './2026-11-24-orders.ts';

/** In the order in which they are applied. */
export const migrations: readonly MigrationDefinition[] = [...eventMigrations, carts, orders, checkouts];

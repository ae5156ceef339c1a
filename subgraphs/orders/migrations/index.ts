import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { carts } from './2026-11-24-carts.ts';
import { checkouts } from './2026-11-24-checkouts.ts';
import { orders } from './2026-11-24-orders.ts';
import { orderLifecycle } from './2026-11-26-order-lifecycle.ts';
import { ordersOfCart } from './2026-11-27-orders-of-cart.ts';
import { failedCheckouts } from './2026-11-29-failed-checkouts.ts';
import { payingCheckouts } from './2026-11-29-paying-checkouts.ts';

/** In the order in which they are applied. */
export const migrations: readonly MigrationDefinition[] = [
  ...eventMigrations,
  carts,
  orders,
  checkouts,
  orderLifecycle,
  ordersOfCart,
  payingCheckouts,
  failedCheckouts,
];

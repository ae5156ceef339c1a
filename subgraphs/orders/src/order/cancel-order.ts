import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { orderCancelled } from '../events.ts';
import { moveOrder, type OrderChange } from './move-order.ts';
import type { Order } from './order.entity.ts';
import { factsOf, occurrenceOf } from './order-facts.ts';

/**
 * Cancels an order that holds neither stock nor money.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export async function cancelOrder(
  tx: EntityManager,
  order: Order,
  change: OrderChange & { readonly reason: string },
): Promise<void> {
  await moveOrder(tx, order, 'CANCELLED', change);
  recordEvent(tx, orderCancelled, occurrenceOf(order, change), { ...factsOf(order), reason: change.reason });
}

import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { orderPaymentFailed } from '../events.ts';
import { moveOrder, type OrderChange } from './move-order.ts';
import type { Order } from './order.entity.ts';
import { factsOf, occurrenceOf } from './order-facts.ts';

/** Marks the payment of an order as refused: the buyer may pay again. */
export async function markPaymentFailed(
  tx: EntityManager,
  order: Order,
  change: OrderChange & { readonly reason: string },
): Promise<void> {
  await moveOrder(tx, order, 'PAYMENT_FAILED', change);
  recordEvent(tx, orderPaymentFailed, occurrenceOf(order, change), {
    ...factsOf(order),
    reason: change.reason,
  });
}

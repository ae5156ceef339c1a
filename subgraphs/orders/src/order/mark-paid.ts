import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Snapshot } from '../checkout/snapshot.ts';
import { orderPaid } from '../events.ts';
import { moveOrderFrom, type OrderChange } from './move-order.ts';
import type { Order } from './order.entity.ts';
import { contentsOf, occurrenceOf } from './order-facts.ts';

/**
 * Marks an order as paid, and gives it as it is then.
 * @param lines what was bought, as the order has it
 * @param paymentId null when there was nothing to pay
 */
export async function markPaid(
  tx: EntityManager,
  orderId: string,
  lines: Snapshot['lines'],
  paymentId: string | null,
  change: OrderChange,
): Promise<Order> {
  const order = await moveOrderFrom(tx, 'PENDING_PAYMENT', orderId, 'PAID', change);
  recordEvent(tx, orderPaid, occurrenceOf(order, change), { ...contentsOf(order, lines), paymentId });
  return order;
}

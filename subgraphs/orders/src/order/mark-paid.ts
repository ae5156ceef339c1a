import { type EntityManager, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Snapshot } from '../checkout/snapshot.ts';
import { orderPaid } from '../events.ts';
import { moveOrder, type OrderChange } from './move-order.ts';
import { Order } from './order.entity.ts';
import { contentsOf, occurrenceOf } from './order-facts.ts';

/**
 * Marks an order as paid.
 * @param lines what was bought, as the order has it
 * @param paymentId null when there was nothing to pay
 */
export async function markPaid(
  tx: EntityManager,
  orderId: string,
  lines: Snapshot['lines'],
  paymentId: string | null,
  change: OrderChange,
): Promise<void> {
  const rows = rowsOf(tx);
  const order = await rows.findOne(Order, { id: orderId });
  if (order === null) throw new Error(`Expected the order ${orderId} that was paid`);
  await moveOrder(tx, order, 'PAID', change);
  recordEvent(tx, orderPaid, occurrenceOf(order, change), { ...contentsOf(order, lines), paymentId });
}

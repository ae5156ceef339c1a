import { recordEvent } from '@stoa/events';
import type { Context } from '../context.ts';
import { orderDelivered } from '../events.ts';
import type { RefusalOf } from '../refusal.ts';
import { changeOrder } from './change-order.ts';
import { moveOrder } from './move-order.ts';
import { factsOf, occurrenceOf } from './order-facts.ts';
import type { OrderRecord } from './order-record.ts';

/** Records that all of an order has arrived. Doing it again changes nothing. */
export async function markDelivered(
  context: Context,
  orderId: string,
): Promise<OrderRecord | RefusalOf<'order-not-found' | 'order-state'>> {
  return changeOrder<RefusalOf<'order-state'>>(context, orderId, async (tx, order, change) => {
    if (order.state === 'DELIVERED') return null;
    if (order.state !== 'FULFILLED')
      return { refused: 'order-state', orderId, state: order.state, wanted: 'delivered' };
    await moveOrder(tx, order, 'DELIVERED', change);
    recordEvent(tx, orderDelivered, occurrenceOf(order, change), factsOf(order));
    return null;
  });
}

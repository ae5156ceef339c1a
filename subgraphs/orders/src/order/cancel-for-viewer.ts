import { isId } from '@stoa/clock';
import { rowsOf } from '@stoa/database';
import { freeCart } from '../checkout/free-cart.ts';
import type { Context } from '../context.ts';
import type { RefusalOf } from '../refusal.ts';
import { longestReason, refusalOfText } from '../refusal-of-text.ts';
import { cancelAndGiveBack } from './cancel-and-give-back.ts';
import { changeOrder } from './change-order.ts';
import { Order } from './order.entity.ts';
import { canReadOrder } from './order-access.ts';
import type { OrderRecord } from './order-record.ts';
import { orderStates } from './order-state.ts';

export type CancelRefusal = RefusalOf<'order-not-found' | 'order-state' | 'invalid-input'>;

/**
 * Cancels an order: money and stock go back. A buyer may do so until something was sent off, staff until all was. Doing it
 * again changes nothing. An order that waits for its payment is cancelled when the payment can be let go of.
 */
export async function cancelForViewer(
  context: Context,
  { orderId, reason }: { readonly orderId: string; readonly reason: string | null },
): Promise<OrderRecord | CancelRefusal> {
  const invalid = refusalOfText(reason, longestReason, 'input.reason');
  if (invalid !== null) return invalid;
  await endPayment(context, orderId);
  return changeOrder<RefusalOf<'order-state'>>(context, orderId, async (tx, order, change) => {
    if (order.state === 'CANCELLED') return null;
    const isLate = change.actor === 'BUYER' && order.state === 'PARTIALLY_FULFILLED';
    if (order.state === 'PENDING_PAYMENT' || isLate || !orderStates.canMove(order.state, 'CANCELLED'))
      return { refused: 'order-state', orderId, state: order.state, wanted: 'cancelled' };
    await cancelAndGiveBack(tx, order, { ...change, reason: reason ?? reasonOf(change.actor) });
    return null;
  });
}

/** A checkout that waits (for its buyer's confirmation, say) is ended first, as far as that can be. */
async function endPayment(context: Context, orderId: string): Promise<void> {
  const { em, viewer } = context;
  if (!isId(orderId)) return;
  const order = await rowsOf(em).findOne(Order, { id: orderId, state: 'PENDING_PAYMENT' });
  if (order !== null && canReadOrder(viewer, { buyerId: order.buyerId ?? null }, 'id'))
    await freeCart(context, order.checkoutId);
}

function reasonOf(actor: string): string {
  return actor === 'STAFF' ? 'Cancelled by the shop' : 'Cancelled by the buyer';
}

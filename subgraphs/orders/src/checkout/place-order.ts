import type { Context } from '../context.ts';
import type { OrderRecord } from '../order/order-record.ts';
import { ordersById } from '../order/read-orders.ts';
import { isRefusal, type PlaceOrderRefusal } from '../refusal.ts';
import { beginCheckout } from './begin-checkout.ts';
import { followCheckout, runCheckout } from './follow-checkout.ts';
import { freeCart } from './free-cart.ts';
import { type PlaceOrderRequest, refusalOfRequest } from './place-order-request.ts';

/**
 * Buys a cart: the order once it is paid, or why it is not. The same idempotency key gives the same answer, whatever
 * happened in between.
 * @throws {Failure} unavailable when a service did not answer before money could be taken; nothing is changed then,
 *   and the same key may be used again
 */
export async function placeOrder(
  context: Context,
  request: PlaceOrderRequest,
): Promise<OrderRecord | PlaceOrderRefusal> {
  const invalid = refusalOfRequest(request);
  if (invalid !== null) return invalid;
  let begun = await beginCheckout(context, request);
  if (!isRefusal(begun) && begun.kind === 'blocked' && (await freeCart(context, begun.checkoutId))) {
    begun = await beginCheckout(context, request);
  }
  if (isRefusal(begun)) return begun;
  if (begun.kind === 'blocked') return { refused: 'checkout-in-progress', cartId: begun.cartId };
  const answer =
    begun.kind === 'begun'
      ? await runCheckout(context, begun.lease, begun.checkout)
      : await followCheckout(context, begun.checkoutId);
  if (isRefusal(answer)) return answer;
  const { order, lines, paidOrderId } = answer;
  return { ...(order ?? (await paidOrder(context, paidOrderId))), lines };
}

async function paidOrder({ em }: Context, orderId: string): Promise<OrderRecord> {
  const [order] = await ordersById(em, [orderId]);
  if (order === undefined) throw new Error(`Expected the order ${orderId} of a finished checkout`);
  return order;
}

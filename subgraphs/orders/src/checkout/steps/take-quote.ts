import { rowsOf } from '@stoa/database';
import { Cart } from '../../cart/cart.entity.ts';
import { findCartLines, findCarts } from '../../cart/read-carts.ts';
import { variantsOnSale } from '../../cart/variants-on-sale.ts';
import { Order } from '../../order/order.entity.ts';
import { askForQuote } from '../../pricing/quote.ts';
import { isRefusal, type PlaceOrderRefusal } from '../../refusal.ts';
import type { CheckoutRecord, Known } from '../checkout.entity.ts';
import type { CheckoutScope } from '../checkout-scope.ts';
import { hashOfSnapshot, type Snapshot } from '../snapshot.ts';
import { snapshotOf } from '../snapshot-of-cart.ts';
import type { Step } from '../step.ts';

/**
 * Prices the locked cart as of now, and records what the buyer thereby agrees to; with it the reservation's id, so that asking for it
 * twice reserves once, and giving it back always finds it.
 */
export const takeQuote: Step = {
  onFault: 'undo',
  async take(checkout, scope) {
    const { lines, ...cart } = checkout.cart ?? (await lockedCart(checkout, scope));
    const [quote, variants] = await Promise.all([
      askForQuote(scope.services.pricing, {
        currency: cart.currency,
        country: cart.shippingAddress?.country ?? null,
        lines,
        couponCodes: cart.couponCodes,
      }),
      variantsOnSale(
        { services: scope.services, call: { ...scope.call, locale: checkout.locale } },
        lines.map(({ variantId }) => variantId),
      ),
    ]);
    const snapshot = snapshotOf(cart, lines, quote, variants);
    if (isRefusal(snapshot)) return { to: 'COMPENSATING', record: { outcome: snapshot } };
    const refusal = refusalOfTotal(checkout, snapshot);
    if (refusal !== null) return { to: 'COMPENSATING', record: { outcome: refusal } };
    const orderId = cart.hasFailed ? await orderIdFor(snapshot, checkout, scope) : scope.newId();
    return { to: 'RESERVING', record: { snapshot, orderId, reservationId: scope.newId() } };
  },
  async undo(checkout, { clock }) {
    return async (tx) => {
      await rowsOf(tx).update(
        Cart,
        { id: checkout.cartId, lockedBy: checkout.id },
        { lockedBy: null, hasFailed: true, updatedAt: clock.now() },
      );
      return undefined;
    };
  },
};

async function lockedCart(
  { id, cartId }: CheckoutRecord,
  { em }: CheckoutScope,
): Promise<NonNullable<Known['cart']>> {
  const [cart] = await findCarts(em, { id: cartId, lockedBy: id });
  if (cart === undefined) throw new Error(`Expected the cart ${cartId} to be locked by the checkout ${id}`);
  return { ...cart, lines: await findCartLines(em, [cartId]) };
}

function refusalOfTotal(
  { expectedTotal }: CheckoutRecord,
  { total, currency }: Snapshot,
): PlaceOrderRefusal | null {
  const expected = expectedTotal ?? null;
  if (expected === null || (expected.amount === total && expected.currency === currency)) return null;
  return { refused: 'total-changed', expected, total: { amount: total, currency } };
}

/** The order of an earlier attempt whose payment was refused, when it says the very same; else a new one. */
async function orderIdFor(
  snapshot: Snapshot,
  { cartId }: CheckoutRecord,
  { em, newId }: CheckoutScope,
): Promise<string> {
  const snapshotHash = hashOfSnapshot(snapshot);
  const unpaid = await rowsOf(em).findOne(Order, { cartId, state: 'PAYMENT_FAILED', snapshotHash });
  return unpaid?.id ?? newId();
}

import type { Context } from '../context.ts';
import { askForQuote } from '../pricing/quote.ts';
import { invalidInput, type RefusalOf } from '../refusal.ts';
import { canChangeCart } from './cart-access.ts';
import { maximumCoupons } from './cart-limits.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, changeCart } from './change-cart.ts';
import { normalizeCouponCode, refusalOfCouponCode } from './coupon-code.ts';
import { findCartLines, findCarts, findLeading } from './read-carts.ts';

/**
 * Puts a coupon on a cart, if pricing takes it for what is in there now.
 * @throws {Failure} unavailable when pricing does not answer
 */
export async function applyCoupon(
  context: Context,
  { cartId, code }: { cartId: string; code: string },
): Promise<CartRecord | CartRefusal | RefusalOf<'coupon-rejected' | 'invalid-input'>> {
  const couponCode = normalizeCouponCode(code);
  const invalid = refusalOfCouponCode(couponCode);
  if (invalid !== null) return invalid;
  const isRejected = await rejects(context, cartId, couponCode);
  return changeCart(context, cartId, (draft) => {
    const { couponCodes } = draft.cart;
    if (couponCodes.includes(couponCode)) return null;
    if (isRejected) return { refused: 'coupon-rejected', couponCode } as const;
    if (couponCodes.length >= maximumCoupons) {
      return invalidInput(
        'input.code',
        `at most ${maximumCoupons} coupons on a cart`,
        couponCodes.length + 1,
      );
    }
    draft.edit({ couponCodes: [...couponCodes, couponCode] });
    return null;
  });
}

/** Asked before the transaction. A cart that may not be changed is not looked into: the change is refused anyway. */
async function rejects(context: Context, cartId: string, couponCode: string): Promise<boolean> {
  const { em, viewer, services } = context;
  const load = async (id: string) => (await findCarts(em, { id }))[0] ?? null;
  const cart = await findLeading(load, cartId);
  if (cart === null || !canChangeCart(viewer, cart)) return false;
  const lines = await findCartLines(em, [cart.id]);
  const quote = await askForQuote(services.pricing, {
    currency: cart.currency,
    country: cart.shippingAddress?.country ?? null,
    lines,
    couponCodes: [...new Set([...cart.couponCodes, couponCode])],
  });
  return quote.rejectedCouponCodes.map(normalizeCouponCode).includes(couponCode);
}

import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, type CartScope, changeCart } from './change-cart.ts';
import { normalizeCouponCode } from './coupon-code.ts';

/** Takes a coupon off a cart. Taking off one that is not there changes nothing. */
export async function removeCoupon(
  scope: CartScope,
  { cartId, code }: { cartId: string; code: string },
): Promise<CartRecord | CartRefusal> {
  const couponCode = normalizeCouponCode(code);
  return changeCart(scope, cartId, (draft) => {
    const { couponCodes } = draft.cart;
    if (couponCodes.includes(couponCode)) {
      draft.edit({ couponCodes: couponCodes.filter((other) => other !== couponCode) });
    }
    return null;
  });
}

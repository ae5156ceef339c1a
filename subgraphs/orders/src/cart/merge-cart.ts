import type { CartDraft } from './cart-draft.ts';
import { maximumCoupons } from './cart-limits.ts';
import { mergeLines } from './merge-lines.ts';

/**
 * Merges a guest's cart into the user's own: lines by variant, coupons of both; an e-mail or postal address where the
 * user's cart has none. The guest's cart is closed, is saved with the user's, and from then on leads to that.
 */
export function mergeCart(own: CartDraft, guests: CartDraft): void {
  for (const { variantId, quantity } of mergeLines(own.lines, guests.lines)) own.setLine(variantId, quantity);
  const coupons = new Set([...own.cart.couponCodes, ...guests.cart.couponCodes]);
  own.edit({
    couponCodes: [...coupons].slice(0, maximumCoupons),
    email: own.cart.email ?? guests.cart.email ?? null,
    shippingAddress: own.cart.shippingAddress ?? guests.cart.shippingAddress ?? null,
    billingAddress: own.cart.billingAddress ?? guests.cart.billingAddress ?? null,
  });
  guests.mergeInto(own.cart);
  own.saveWith(guests);
}

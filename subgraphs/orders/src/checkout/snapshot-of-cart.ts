import type { CartLineRecord, CartRecord } from '../cart/cart-record.ts';
import type { VariantOnSale } from '../cart/variants-on-sale.ts';
import type { Quote } from '../pricing/quote.ts';
import type { RefusalOf } from '../refusal.ts';
import type { Snapshot, SnapshotLine } from './snapshot.ts';

/** Delivery costs nothing until the shop has shipping methods. */
const shipping = 0;

/**
 * What the buyer of a cart agrees to, or why it cannot be sold.
 * @throws {Error} for a cart without a shipping address, which is not given to a checkout
 */
export function snapshotOf(
  cart: CartRecord,
  lines: readonly CartLineRecord[],
  quote: Quote,
  variants: ReadonlyMap<string, VariantOnSale>,
): Snapshot | RefusalOf<'variant-not-found' | 'variant-not-priced' | 'coupon-rejected'> {
  const { currency, shippingAddress } = cart;
  if (shippingAddress === null) {
    throw new Error(`Expected the cart ${cart.id} to have a shipping address once it is locked`);
  }
  const agreed: SnapshotLine[] = [];
  for (const { variantId, quantity } of lines) {
    const variant = variants.get(variantId);
    if (variant === undefined) return { refused: 'variant-not-found', variantId };
    const priced = quote.lines.get(variantId);
    if (priced === undefined) return { refused: 'variant-not-priced', variantId, currency };
    const { unit, total, taxRate } = priced;
    agreed.push({ variantId, sku: variant.sku, name: variant.name, quantity, unit, total, taxRate });
  }
  const [couponCode] = quote.rejectedCouponCodes;
  if (couponCode !== undefined) return { refused: 'coupon-rejected', couponCode };
  return {
    buyerId: cart.buyerId,
    email: cart.email,
    currency,
    shippingAddress,
    billingAddress: cart.billingAddress ?? shippingAddress,
    lines: agreed,
    discounts: quote.discounts,
    subtotal: quote.subtotal.gross,
    shipping,
    tax: quote.total.tax,
    total: quote.total.gross + shipping,
  };
}

import type { Quote } from '../pricing/quote.ts';
import type { CartLineRecord, CartRecord } from './cart-record.ts';

export interface CartProblem {
  readonly code:
    | 'EMPTY'
    | 'EMAIL_MISSING'
    | 'ADDRESS_MISSING'
    | 'VARIANT_GONE'
    | 'NO_PRICE'
    | 'INSUFFICIENT_STOCK'
    | 'COUPON_REJECTED'
    | 'PRICING_UNAVAILABLE'
    | 'CATALOG_UNAVAILABLE'
    | 'INVENTORY_UNAVAILABLE';
  readonly message: string;
  readonly lineId: string | null;
}

/** What the other services say of a cart; null where one does not answer. */
export interface CartFacts {
  readonly lines: readonly CartLineRecord[];
  readonly quote: Quote | null;
  /** The ids of the variants that are sold. */
  readonly onSale: Pick<ReadonlySet<string>, 'has'> | null;
  readonly stock: ReadonlyMap<string, number> | null;
}

/** What stands between a cart and an order, as placeOrder would find it. A closed cart has no problems. */
export function problemsOf(
  cart: Pick<CartRecord, 'state' | 'buyerId' | 'email' | 'shippingAddress' | 'currency'>,
  { lines, quote, onSale, stock }: CartFacts,
): readonly CartProblem[] {
  if (cart.state !== 'OPEN') return [];
  const problems: CartProblem[] = [];
  const add = (code: CartProblem['code'], message: string, lineId: string | null = null) => {
    problems.push({ code, message, lineId });
  };
  if (lines.length === 0) add('EMPTY', 'There is nothing in the cart');
  if (cart.buyerId === null && cart.email === null) {
    add('EMAIL_MISSING', 'Give an e-mail address for the confirmation: setCartEmail');
  }
  if (cart.shippingAddress === null) {
    add('ADDRESS_MISSING', 'Say where the goods go: setShippingAddress');
  }
  for (const { id, variantId, quantity } of lines) {
    if (onSale !== null && !onSale.has(variantId)) {
      add('VARIANT_GONE', 'This is no longer sold', id);
      continue;
    }
    if (quote !== null && !quote.lines.has(variantId)) {
      add('NO_PRICE', `This has no price in ${cart.currency}`, id);
    }
    const available = stock?.get(variantId) ?? 0;
    if (stock !== null && available < quantity) {
      add('INSUFFICIENT_STOCK', `There are ${available} of the ${quantity} in the cart`, id);
    }
  }
  for (const code of quote?.rejectedCouponCodes ?? []) {
    add('COUPON_REJECTED', `The coupon ${code} does not apply`);
  }
  if (quote === null) add('PRICING_UNAVAILABLE', 'Prices cannot be had at the moment: try again');
  if (onSale === null) add('CATALOG_UNAVAILABLE', 'The catalogue cannot be asked at the moment: try again');
  if (stock === null) add('INVENTORY_UNAVAILABLE', 'The stock cannot be asked at the moment: try again');
  return problems;
}

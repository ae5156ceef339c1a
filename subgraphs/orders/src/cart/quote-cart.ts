import { Failure } from '@stoa/errors';
import type { RequestScope } from '@stoa/subgraph';
import type { calls } from '../calls.ts';
import { askForQuote, type Quote } from '../pricing/quote.ts';
import type { CartLineRecord, CartRecord } from './cart-record.ts';

/** The price of a cart as of now; null when pricing does not answer, or the cart is closed. */
export type QuoteOfCart = (cart: CartRecord) => Promise<Quote | null>;

/**
 * Prices carts: when a price is asked for, and once a cart and request, however many of its fields are asked for.
 * @param linesOf the lines of a cart
 */
export function createQuotes(
  { services, logger }: Pick<RequestScope<typeof calls>, 'services' | 'logger'>,
  linesOf: (cart: CartRecord) => Promise<readonly CartLineRecord[]>,
): QuoteOfCart {
  const quotes = new WeakMap<CartRecord, Promise<Quote | null>>();
  const ask = async (cart: CartRecord): Promise<Quote | null> => {
    // What a cart that is closed would cost today is nobody's question; its order tells what was paid.
    if (cart.state !== 'OPEN') return null;
    const lines = await linesOf(cart);
    if (lines.length === 0 && cart.couponCodes.length === 0) return emptyQuote;
    try {
      return await askForQuote(services.pricing, {
        currency: cart.currency,
        country: cart.shippingAddress?.country ?? null,
        lines,
        couponCodes: cart.couponCodes,
      });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      logger.warn({ event: 'cart.not-priced', cartId: cart.id, err: error });
      return null;
    }
  };
  return (cart) => {
    const known = quotes.get(cart);
    if (known !== undefined) return known;
    const asked = ask(cart);
    quotes.set(cart, asked);
    return asked;
  };
}

const nothing = { net: 0, tax: 0, gross: 0 };

const emptyQuote: Quote = {
  lines: new Map(),
  unpricedVariantIds: [],
  discounts: [],
  rejectedCouponCodes: [],
  subtotal: nothing,
  total: nothing,
};

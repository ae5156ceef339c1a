import { isId } from '@stoa/clock';
import { type Money, money } from '@stoa/money';
import type { CartResolvers } from '../__generated__/resolvers-types.ts';
import { canReadCart } from '../cart/cart-access.ts';
import type { CartRecord } from '../cart/cart-record.ts';
import { findCartProblems } from '../cart/find-cart-problems.ts';
import type { Context } from '../context.ts';
import type { Quote } from '../pricing/quote.ts';

export const Cart: CartResolvers = {
  __resolveReference: async ({ id }, { carts, viewer }) => {
    const cart = isId(id) ? await carts.byId.load(id) : null;
    return cart !== null && canReadCart(viewer, cart) ? cart : null;
  },
  buyer: ({ buyerId }) => (buyerId === null ? null : { id: buyerId }),
  lines: async (cart, _, { carts }) => {
    const lines = cart.lines ?? (await carts.linesOf.load(cart.id));
    return lines.map((line) => ({ ...line, cart }));
  },
  subtotal: (cart, _, context) => amountOf(cart, context, ({ subtotal }) => subtotal.gross),
  discounts: async (cart, _, { quoteOf }) => {
    const discounts = (await quoteOf(cart))?.discounts ?? [];
    return discounts.map(({ amount, ...discount }) => ({
      ...discount,
      amount: money(amount, cart.currency),
    }));
  },
  // No delivery is charged yet; see the schema.
  shipping: ({ currency }) => money(0, currency),
  tax: (cart, _, context) => amountOf(cart, context, ({ total }) => total.tax),
  total: (cart, _, context) => amountOf(cart, context, ({ total }) => total.gross),
  problems: (cart, _, context) => findCartProblems(context, cart),
  order: ({ orderId }, _, { orders }) => (orderId === null ? null : orders.byId.load(orderId)),
};

/** A sum without the lines that have no price would mislead: there is none then. */
async function amountOf(
  cart: CartRecord,
  { quoteOf }: Pick<Context, 'quoteOf'>,
  amount: (quote: Quote) => number,
): Promise<Money | null> {
  const quote = await quoteOf(cart);
  return quote === null || quote.unpricedVariantIds.length > 0 ? null : money(amount(quote), cart.currency);
}

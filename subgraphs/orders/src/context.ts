import { lazily } from '@stoa/database';
import type { Viewer } from '@stoa/identity';
import type { RequestScope } from '@stoa/subgraph';
import type { calls } from './calls.ts';
import { createQuotes, type QuoteOfCart } from './cart/quote-cart.ts';
import { type CartReads, createCartReads } from './cart/read-carts.ts';
import type { OrdersSettings } from './config.ts';
import { createOrdersOfUsers, type OrdersOfUser } from './order/orders-of-users.ts';
import { createOrderReads, type OrderReads } from './order/read-orders.ts';

/** What lives as long as one call. */
export interface Context extends RequestScope<typeof calls> {
  readonly viewer: Viewer;
  readonly settings: OrdersSettings;
  readonly carts: CartReads;
  readonly orders: OrderReads;
  readonly ordersOf: OrdersOfUser;
  readonly quoteOf: QuoteOfCart;
}

const withReads = lazily<
  RequestScope<typeof calls> & Pick<Context, 'viewer' | 'settings'>,
  Pick<Context, 'carts' | 'orders' | 'ordersOf' | 'quoteOf'>
>({
  carts: ({ em }) => createCartReads({ em }),
  orders: ({ em }) => createOrderReads({ em }),
  ordersOf: ({ em }) => createOrdersOfUsers(em),
  quoteOf: (context) =>
    createQuotes(context, async (cart) => cart.lines ?? context.carts.linesOf.load(cart.id)),
});

export function createContext(scope: RequestScope<typeof calls>, settings: OrdersSettings): Context {
  return withReads(Object.assign(scope, { viewer: scope.call.viewer, settings }));
}

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

export function createContext(scope: RequestScope<typeof calls>, settings: OrdersSettings): Context {
  const carts = createCartReads(scope.em);
  return {
    ...scope,
    viewer: scope.call.viewer,
    settings,
    carts,
    orders: createOrderReads(scope.em),
    ordersOf: createOrdersOfUsers(scope.em),
    quoteOf: createQuotes(scope, async (cart) => cart.lines ?? carts.linesOf.load(cart.id)),
  };
}

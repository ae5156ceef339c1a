import type { Connection } from '@stoa/database';
import type { CartLineRecord, CartRecord } from './cart/cart-record.ts';
import type { OrderLineRecord, OrderRecord } from './order/order-record.ts';

/** What the resolvers of a type get as its parent. */
export type CartMapper = CartRecord;
export type CartLineMapper = CartLineRecord & { readonly cart: CartRecord };
export type OrderMapper = OrderRecord;
export type OrderLineMapper = OrderLineRecord;
export type OrderConnectionMapper = Connection<OrderRecord>;
export type UserMapper = { readonly id: string };

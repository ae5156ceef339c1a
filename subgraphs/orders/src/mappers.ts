import type { Connection } from '@stoa/database';
import type { CartLineRecord, CartRecord } from './cart/cart-record.ts';
import type { Units } from './order/fulfilment/order-fulfilment.entity.ts';
import type {
  OrderFulfilmentRecord,
  OrderHistoryRecord,
  OrderLineRecord,
  OrderRecord,
  OrderReturnRecord,
  OrderTaskRecord,
} from './order/order-record.ts';

/** What the resolvers of a type get as its parent. */
export type CartMapper = CartRecord;
export type CartLineMapper = CartLineRecord & { readonly cart: CartRecord };
export type OrderMapper = OrderRecord;
export type OrderLineMapper = OrderLineRecord;
export type OrderConnectionMapper = Connection<OrderRecord>;
export type UserMapper = { readonly id: string };
export type OrderFulfilmentMapper = OrderFulfilmentRecord;
export type OrderHistoryEntryMapper = OrderHistoryRecord;
export type OrderTaskMapper = OrderTaskRecord;
export type OrderUnitsMapper = Units & { readonly orderId: string };
export type ReturnMapper = OrderReturnRecord;

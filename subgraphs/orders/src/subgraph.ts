import { OutboxEvent } from '@stoa/events';
import { defineSubgraph } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { calls } from './calls.ts';
import { Cart, CartLine } from './cart/cart.entity.ts';
import { Checkout } from './checkout/checkout.entity.ts';
import { ordersConfig } from './config.ts';
import { createContext } from './context.ts';
import { Order, OrderHistory, OrderLine, OrderNumber } from './order/order.entity.ts';
import { orderEvents } from './order/order-changes.ts';
import { resolvers } from './resolvers/index.ts';
import { ordersService } from './rpc/orders-service.ts';

export const orders = defineSubgraph({
  name: 'orders',
  folder: new URL('..', import.meta.url),
  config: ordersConfig,
  entities: [OutboxEvent, Cart, CartLine, Order, OrderLine, OrderHistory, OrderNumber, Checkout],
  migrations,
  calls,
  app: ({ config }) => config,
  context: createContext,
  resolvers,
  rpc: ordersService,
  hears: orderEvents,
});

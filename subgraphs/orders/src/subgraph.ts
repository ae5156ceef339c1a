import { OutboxEvent } from '@stoa/events';
import { defineSubgraph } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { createApp, stopApp } from './app.ts';
import { calls } from './calls.ts';
import { Cart, CartLine } from './cart/cart.entity.ts';
import { Checkout } from './checkout/checkout.entity.ts';
import { ordersConfig } from './config.ts';
import { consumers } from './consumers/index.ts';
import { createContext } from './context.ts';
import { OrderFulfilment } from './order/fulfilment/order-fulfilment.entity.ts';
import { Order, OrderHistory, OrderLine, OrderNumber } from './order/order.entity.ts';
import { orderEvents } from './order/order-changes.ts';
import { OrderReturn } from './order/return/order-return.entity.ts';
import { OrderTask } from './order/task/order-task.entity.ts';
import { resolvers } from './resolvers/index.ts';
import { ordersService } from './rpc/orders-service.ts';
import { workers } from './workers.ts';

export const orders = defineSubgraph({
  name: 'orders',
  folder: new URL('..', import.meta.url),
  config: ordersConfig,
  entities: [
    OutboxEvent,
    Cart,
    CartLine,
    Order,
    OrderLine,
    OrderHistory,
    OrderNumber,
    OrderFulfilment,
    OrderReturn,
    OrderTask,
    Checkout,
  ],
  migrations,
  calls,
  app: createApp,
  stop: stopApp,
  context: createContext,
  resolvers,
  rpc: ordersService,
  workers,
  consumers,
  hears: orderEvents,
});

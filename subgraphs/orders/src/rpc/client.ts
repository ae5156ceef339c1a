import { defineRpc } from '@stoa/rpc';
import { OrdersService } from '../__generated__/orders/v1/orders_pb.js';

/** The contract of orders, in proto/. */
export const ordersRpc = defineRpc({
  name: 'orders',
  service: OrdersService,
  developmentUrl: 'http://localhost:5005',
});

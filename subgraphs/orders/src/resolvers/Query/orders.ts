import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listOrders } from '../../order/list-orders.ts';

export const orders: QueryResolvers['orders'] = async (_, { filter, ...args }, { em, call }) => {
  requireRole(call, 'STAFF');
  return listOrders(em, args, filter ?? {});
};

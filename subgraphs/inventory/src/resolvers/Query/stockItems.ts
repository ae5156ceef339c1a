import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listStockItems } from '../../stock/list-stock-items.ts';

export const stockItems: QueryResolvers['stockItems'] = (_parent, { filter, ...page }, context) => {
  requireRole(context.call, 'STAFF');
  return listStockItems(context.em, context.clock.now(), page, filter ?? {});
};

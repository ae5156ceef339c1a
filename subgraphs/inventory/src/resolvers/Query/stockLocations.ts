import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listStockLocations } from '../../stock/stock-locations.ts';

export const stockLocations: QueryResolvers['stockLocations'] = async (_parent, _args, { call, em }) => {
  requireRole(call, 'STAFF');
  return [...(await listStockLocations(em))];
};

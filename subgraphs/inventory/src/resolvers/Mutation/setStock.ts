import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { setStock as set } from '../../stock/set-stock.ts';
import { setStockResult } from '../set-stock-result.ts';

export const setStock: MutationResolvers['setStock'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  return setStockResult(await set(context, input));
};

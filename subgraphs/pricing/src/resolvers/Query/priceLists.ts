import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { findPriceLists } from '../../price-list/find-price-lists.ts';

export const priceLists: QueryResolvers['priceLists'] = async (_parent, _args, { call, em }) => {
  requireRole(call, 'STAFF');
  return [...(await findPriceLists(em))];
};

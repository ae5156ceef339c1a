import { hasRole } from '@stoa/identity';
import type { PriceListResolvers } from '../__generated__/resolvers-types.ts';

export const PriceList: PriceListResolvers = {
  // Null for others than staff, as for a list that does not exist: who may not see it learns nothing of it.
  __resolveReference: ({ id }, { call, reads }) =>
    hasRole(call.viewer, 'STAFF') ? reads.priceLists.load(id) : null,
  taxIncluded: ({ isTaxIncluded }) => isTaxIncluded,
  price: ({ id }, { variantId }, { reads }) => reads.prices(id).load(variantId),
};

import type { PriceResolvers } from '../__generated__/resolvers-types.ts';
import { existing } from '../reads.ts';

export const Price: PriceResolvers = {
  priceList: async ({ priceListId }, _args, { reads }) =>
    existing(await reads.priceLists.load(priceListId), 'price list', priceListId),
  variant: ({ variantId }) => ({ id: variantId }),
  amount: ({ amount, currency }) => ({ amount, currency }),
};

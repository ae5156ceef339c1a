import type { TaxCategoryResolvers } from '../__generated__/resolvers-types.ts';

export const TaxCategory: TaxCategoryResolvers = {
  __resolveReference: ({ id }, { reads }) => reads.taxCategories.load(id),
  rates: async ({ id }, _args, { reads }) => [...(await reads.taxRates.load(id))],
};

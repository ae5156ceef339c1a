import type { ProductVariantResolvers } from '../__generated__/resolvers-types.ts';

export const ProductVariant: ProductVariantResolvers = {
  // Which variants exist is catalog's to say.
  __resolveReference: ({ id }) => ({ id }),
  availability: async ({ id }, _args, { availability }) => {
    const available = (await availability.load(id))?.available ?? 0;
    return { inStock: available > 0, available };
  },
};

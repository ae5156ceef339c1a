import type { ProductVariantResolvers } from '../__generated__/resolvers-types.ts';
import { loadPrice } from '../price/load-price.ts';

/** Pricing keeps no variants: whoever refers to one gets it back, with what pricing adds. */
export const ProductVariant: ProductVariantResolvers = {
  __resolveReference: (reference) => reference,
  price: ({ id }, at, context) => loadPrice(id, at, context),
  taxCategory: async ({ id }, _args, { reads }) =>
    (await reads.variantTaxCategories.load(id))?.taxCategory ?? null,
};

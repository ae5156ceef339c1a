import type { ProductResolvers } from '../__generated__/resolvers-types.ts';
import { loadPrice } from '../price/load-price.ts';
import { priceRange } from '../price/price-range.ts';

/** Pricing keeps no products: whoever refers to one gets it back, with what pricing adds. */
export const Product: ProductResolvers = {
  __resolveReference: (reference) => reference,
  priceRange: async ({ variants = [] }, at, context) => {
    const prices = await Promise.all(variants.map(({ id }) => loadPrice(id, at, context)));
    return priceRange(prices.filter((price) => price !== null));
  },
};

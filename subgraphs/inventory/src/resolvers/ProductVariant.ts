import type { ProductVariantResolvers } from '../__generated__/resolvers-types.ts';
import type { VariantAvailability } from '../stock/availability.ts';

export const ProductVariant: ProductVariantResolvers = {
  // Which variants exist is catalog's to say.
  __resolveReference: ({ id }) => ({ id }),
  availability: ({ id }, _args, { availability }) => availability.load(id).then(shown),
};

function shown(found: VariantAvailability | null): { inStock: boolean; available: number } {
  const available = found?.available ?? 0;
  return { inStock: available > 0, available };
}

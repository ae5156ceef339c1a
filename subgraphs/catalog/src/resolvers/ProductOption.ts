import type { ProductOptionResolvers } from '../__generated__/resolvers-types.ts';
import { nameIn } from '../locale/translated.ts';

export const ProductOption: ProductOptionResolvers = {
  name: (option, { locale }, { call }) => nameIn(locale ?? call.locale, option),
  values: ({ id }, _args, { reads }) => reads.products.optionValues.load(id),
};

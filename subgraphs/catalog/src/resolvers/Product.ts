import type { ProductResolvers } from '../__generated__/resolvers-types.ts';
import { translatedText } from '../locale/translation-loaders.ts';

export const Product: ProductResolvers = {
  // What is missing and what is archived get the same answer: a buyer does not learn what was sold once.
  __resolveReference: (reference, { reads }) =>
    'id' in reference ? reads.products.byId.load(reference.id) : reads.products.bySlug.load(reference.slug),
  name: (product, { locale }, { reads, call }) =>
    translatedText(reads.products.translations, product, 'name', locale ?? call.locale),
  description: (product, { locale }, { reads, call }) =>
    translatedText(reads.products.translations, product, 'description', locale ?? call.locale),
  images: ({ id }, _args, { reads }) => reads.products.images.load(id),
  options: ({ id }, _args, { reads }) => reads.products.options.load(id),
  variants: ({ id }, _args, { reads }) => reads.variants.ofProduct.load(id),
  collections: ({ id }, _args, { reads }) => reads.collections.ofProduct.load(id),
  facetValues: ({ id }, _args, { reads }) => reads.facets.valuesOfProduct.load(id),
};

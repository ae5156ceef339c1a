import type { CollectionResolvers } from '../__generated__/resolvers-types.ts';
import { translatedText } from '../locale/translation-loaders.ts';

export const Collection: CollectionResolvers = {
  __resolveReference: (reference, { reads }) =>
    'id' in reference
      ? reads.collections.byId.load(reference.id)
      : reads.collections.bySlug.load(reference.slug),
  name: (collection, { locale }, { reads, call }) =>
    translatedText(reads.collections.translations, collection, 'name', locale ?? call.locale),
  description: (collection, { locale }, { reads, call }) =>
    translatedText(reads.collections.translations, collection, 'description', locale ?? call.locale),
  products: ({ id }, { sort, ...page }, { reads }) => reads.collections.products.page(id, sort, page),
};

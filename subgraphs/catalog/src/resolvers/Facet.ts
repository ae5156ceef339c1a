import type { FacetResolvers } from '../__generated__/resolvers-types.ts';
import { nameIn } from '../locale/translated.ts';

export const Facet: FacetResolvers = {
  name: (facet, { locale }, { call }) => nameIn(locale ?? call.locale, facet),
  values: ({ id }, _args, { reads }) => reads.facets.values.load(id),
};

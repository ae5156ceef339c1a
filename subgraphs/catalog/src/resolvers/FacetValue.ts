import type { FacetValueResolvers } from '../__generated__/resolvers-types.ts';
import { nameIn } from '../locale/translated.ts';

export const FacetValue: FacetValueResolvers = {
  name: (value, { locale }, { call }) => nameIn(locale ?? call.locale, value),
  facet: async ({ facetId }, _args, { reads }) => {
    const facet = await reads.facets.byId.load(facetId);
    if (facet === null) throw new Error(`expected to find facet ${facetId}, which has a value`);
    return facet;
  },
};

import { type Loader, loadMany, loadOne, type Rows } from '@stoa/database';
import {
  type FacetRow,
  type FacetValueRow,
  findFacets,
  findValuesOfFacets,
  findValuesOfProducts,
} from './facet-rows.ts';

/** What is read of facets, each with one query for all that ask in the same tick. */
export interface FacetLoaders {
  readonly byId: Loader<string, FacetRow | null>;
  /** By facet, in order. */
  readonly values: Loader<string, readonly FacetValueRow[]>;
  /** By product, in the order of the facets. */
  readonly valuesOfProduct: Loader<string, readonly FacetValueRow[]>;
}

export function facetLoaders(rows: Rows): FacetLoaders {
  return {
    byId: loadOne(
      (ids) => findFacets(rows, ids),
      ({ id }) => id,
    ),
    values: loadMany(
      (facetIds) => findValuesOfFacets(rows, facetIds),
      ({ facetId }) => facetId,
    ),
    valuesOfProduct: loadMany(
      (productIds) => findValuesOfProducts(rows, productIds),
      ({ productId }) => productId,
    ),
  };
}

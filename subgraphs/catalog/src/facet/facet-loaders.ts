import { gathered, type Loader, type Rows } from '@stoa/database';
import {
  type FacetRow,
  type FacetValueRow,
  findFacets,
  findValuesOfFacets,
  findValuesOfProducts,
} from './facet-rows.ts';

/** What a request reads of facets, each with one query for all that ask at the same time. */
export interface FacetLoaders {
  readonly byId: Loader<string, FacetRow | null>;
  /** By facet, in order. */
  readonly values: Loader<string, readonly FacetValueRow[]>;
  /** By product, in the order of the facets. */
  readonly valuesOfProduct: Loader<string, readonly FacetValueRow[]>;
}

/** @returns what makes the loaders of a request */
export function facetLoaders(rows: Rows): () => FacetLoaders {
  const byId = gathered(
    (ids) => findFacets(rows, ids),
    ({ id }) => id,
  );
  const values = gathered(
    (facetIds) => findValuesOfFacets(rows, facetIds),
    ({ facetId }) => facetId,
  );
  const valuesOfProduct = gathered(
    (productIds) => findValuesOfProducts(rows, productIds),
    ({ productId }) => productId,
  );
  return () => ({ byId: byId.one(), values: values.many(), valuesOfProduct: valuesOfProduct.many() });
}

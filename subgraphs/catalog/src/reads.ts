import { type EntityManager, rowsOf } from '@stoa/database';
import type { Audience } from './audience.ts';
import { type CollectionLoaders, collectionLoaders } from './collection/collection-loaders.ts';
import { type FacetLoaders, facetLoaders } from './facet/facet-loaders.ts';
import { type ProductLoaders, productLoaders } from './product/product-loaders.ts';
import { type VariantLoaders, variantLoaders } from './variant/variant-loaders.ts';

/** All that is read by key. It remembers what it has read, so it lives no longer than a request, and not past a change. */
export interface Reads {
  readonly products: ProductLoaders;
  readonly variants: VariantLoaders;
  readonly collections: CollectionLoaders;
  readonly facets: FacetLoaders;
}

/** Reads as the audience may; nothing is queried before it is asked for. */
export function newReads(em: EntityManager, audience: Audience): Reads {
  const rows = rowsOf(em);
  return {
    products: productLoaders(rows, audience),
    variants: variantLoaders(rows, audience),
    collections: collectionLoaders(rows, em.getKnex(), audience),
    facets: facetLoaders(rows),
  };
}

import { type EntityManager, lazily, rowsOf } from '@stoa/database';
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

/** Makes the reads of requests, by what their callers may see. */
export type NewReads = Readonly<Record<Audience, () => Reads>>;

/** @param em in no transaction: what requests ask for at the same time is asked of it together */
export function newReads(em: EntityManager): NewReads {
  return { buyers: readsOf(em, 'buyers'), staff: readsOf(em, 'staff') };
}

function readsOf(em: EntityManager, audience: Audience): () => Reads {
  const rows = rowsOf(em);
  const products = productLoaders(rows, audience);
  const variants = variantLoaders(rows, audience);
  const collections = collectionLoaders(em, audience);
  const facets = facetLoaders(rows);
  const reads = lazily<object, Reads>({ products, variants, collections, facets });
  return () => reads({});
}

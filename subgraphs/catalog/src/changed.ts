import type { Loader } from '@stoa/database';
import type { CollectionRow } from './collection/collection-rows.ts';
import { type Context, readAfresh } from './context.ts';
import type { FacetRow } from './facet/facet-rows.ts';
import type { ProductRow } from './product/product-rows.ts';
import type { VariantRow } from './variant/variant-rows.ts';

/**
 * What a mutation answers: what it has changed, read after the commit. What an earlier mutation of the
 * same operation may have read is forgotten.
 */
export async function changedProduct(
  context: Context,
  id: string,
): Promise<ProductRow & { __typename: 'Product' }> {
  return { __typename: 'Product', ...(await found(readAfresh(context).products.byId, id)) };
}

/** As `changedProduct`, of several, by their ids. */
export async function changedProducts(
  context: Context,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ProductRow & { __typename: 'Product' }>> {
  const { byId } = readAfresh(context).products;
  const rows = await Promise.all(ids.map((id) => found(byId, id)));
  return new Map(rows.map((row) => [row.id, { __typename: 'Product', ...row }]));
}

/** As `changedProduct`. */
export async function changedVariant(
  context: Context,
  id: string,
): Promise<VariantRow & { __typename: 'ProductVariant' }> {
  return { __typename: 'ProductVariant', ...(await found(readAfresh(context).variants.byId, id)) };
}

/** As `changedProduct`. */
export async function changedCollection(
  context: Context,
  id: string,
): Promise<CollectionRow & { __typename: 'Collection' }> {
  return { __typename: 'Collection', ...(await found(readAfresh(context).collections.byId, id)) };
}

/** As `changedProduct`. */
export async function changedFacet(
  context: Context,
  id: string,
): Promise<FacetRow & { __typename: 'Facet' }> {
  return { __typename: 'Facet', ...(await found(readAfresh(context).facets.byId, id)) };
}

async function found<Row>(loader: Loader<string, Row | null>, id: string): Promise<Row> {
  const row = await loader.load(id);
  if (row === null) throw new Error(`expected to find ${id}, which has just been changed`);
  return row;
}

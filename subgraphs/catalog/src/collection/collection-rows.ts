import { isId } from '@stoa/clock';
import {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type Knex,
  toConnection,
} from '@stoa/database';
import { isSlug } from '../input/forms.ts';
import { countRows } from '../product/product-list.ts';

/** A collection as its lists read it; the texts are in the default language. */
export interface CollectionRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly nameKey: string;
  readonly description: string;
  readonly version: number;
}

const collectionColumns = {
  id: 'collection.id',
  slug: 'collection.slug',
  name: 'collection.name',
  nameKey: 'collection.name_key',
  description: 'collection.description',
  version: 'collection.version',
};

/** The collections with these ids or slugs, in no order. */
export async function findCollections(
  knex: Knex,
  column: 'id' | 'slug',
  keys: readonly string[],
): Promise<CollectionRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSlug);
  return known.length === 0 ? [] : knex('collection').select(collectionColumns).whereIn(column, known);
}

/** The collections of products, by name. */
export async function findCollectionsOf(
  knex: Knex,
  productIds: readonly string[],
): Promise<(CollectionRow & { readonly productId: string })[]> {
  return knex('collection_product')
    .join('collection', 'collection.id', 'collection_product.collection_id')
    .select({ productId: 'collection_product.product_id', ...collectionColumns })
    .whereIn('collection_product.product_id', productIds)
    .orderBy(['collection.name_key', 'collection.id']);
}

/**
 * A page of all collections, by name.
 * @throws {Failure} bad-input for a page size or a cursor that is wrong
 */
export async function listCollections(
  knex: Knex,
  args: ConnectionArguments,
): Promise<Connection<CollectionRow>> {
  const page = connectionPage(args, {
    list: 'collections',
    columns: ['collection.name_key', 'collection.id'],
    direction: 'asc',
  });
  const rows: CollectionRow[] = await applyPage(knex('collection').select(collectionColumns), page);
  return toConnection(
    rows,
    page,
    ({ nameKey, id }) => [nameKey, id],
    () => countRows(knex('collection')),
  );
}

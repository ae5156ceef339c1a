import { isId } from '@stoa/clock';
import {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type Knex,
  type Rows,
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

const collectionColumns = `collection.id, collection.slug, collection.name, collection.name_key as "nameKey",
  collection.description, collection.version`;

/** The collections with these ids or slugs, in no order. */
export async function findCollections(
  rows: Rows,
  column: 'id' | 'slug',
  keys: readonly string[],
): Promise<readonly CollectionRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSlug);
  if (known.length === 0) return [];
  return rows.all(`select ${collectionColumns} from collection where ${column} = any(?)`, [known]);
}

/** The collections of products, by name. */
export async function findCollectionsOf(
  rows: Rows,
  productIds: readonly string[],
): Promise<readonly (CollectionRow & { readonly productId: string })[]> {
  return rows.all(
    `select collection_product.product_id as "productId", ${collectionColumns}
     from collection_product
     join collection on collection.id = collection_product.collection_id
     where collection_product.product_id = any(?)
     order by collection.name_key, collection.id`,
    [productIds],
  );
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
  const rows: CollectionRow[] = await applyPage(knex('collection').select(knex.raw(collectionColumns)), page);
  return toConnection(
    rows,
    page,
    ({ nameKey, id }) => [nameKey, id],
    () => countRows(knex('collection')),
  );
}

import {
  applyPage,
  type ConnectionArguments,
  connectionPage,
  type Knex,
  type Loader,
  loadMany,
  loadOne,
  type Page,
  readInteger,
  toConnection,
} from '@stoa/database';
import type { ProductSort } from '../__generated__/resolvers-types.ts';
import type { Audience } from '../audience.ts';
import {
  type ProductPage,
  productColumnValue,
  productOrder,
  productPosition,
} from '../product/product-list.ts';
import { type ProductRow, productColumns, type RawProduct, readProduct } from '../product/product-rows.ts';

/** Reads pages of the products of collections. */
export interface CollectionProducts {
  /**
   * A page of the products of one collection; the pages of all collections that are asked for with the
   * same arguments in the same tick come with one query.
   * @throws {Failure} bad-input for a page size or a cursor that is wrong
   */
  page(collectionId: string, sort: ProductSort, args: ConnectionArguments): Promise<ProductPage>;
}

export function collectionProducts(knex: Knex, audience: Audience): CollectionProducts {
  const pages = new Map<string, Loader<string, readonly ShelvedProduct[]>>();
  const counts = loadOne(
    (ids) => countProducts(knex, audience, ids),
    ({ collectionId }) => collectionId,
  );
  return {
    async page(collectionId, sort, { first, after, last, before }) {
      const page = connectionPage({ first, after, last, before }, productOrder(sort, 'collection_product'));
      const key = JSON.stringify([sort, first, after, last, before]);
      const loader =
        pages.get(key) ??
        loadMany(
          (ids) => findPages(knex, audience, page, ids),
          (row) => row.collectionId,
        );
      pages.set(key, loader);
      const rows = await loader.load(collectionId);
      return toConnection<ProductRow>(rows, page, productPosition(sort), async () => {
        const counted = await counts.load(collectionId);
        return counted?.count ?? 0;
      });
    },
  };
}

type ShelvedProduct = ProductRow & { readonly collectionId: string };

/** SQLite joins at most 500 queries into one. */
const collectionsPerQuery = 200;

/** The same page of each collection: small queries that an index serves, sent as one. */
async function findPages(
  knex: Knex,
  audience: Audience,
  page: Page,
  collectionIds: readonly string[],
): Promise<ShelvedProduct[]> {
  const found: ShelvedProduct[] = [];
  for (let start = 0; start < collectionIds.length; start += collectionsPerQuery) {
    const queries = collectionIds.slice(start, start + collectionsPerQuery).map((id) => {
      const query = shelf(knex, audience, [id]).select(
        { collectionId: 'collection_product.collection_id' },
        knex.raw(productColumns),
      );
      return knex.select('*').from(applyPage(query, page, productColumnValue).as('page'));
    });
    const rows: (RawProduct & { collectionId: string })[] = await inScanOrder(
      knex,
      page,
      knex.unionAll(queries),
    );
    found.push(...rows.map(readProduct));
  }
  return found;
}

/** A union has no order of its own; this is the one that `applyPage` fetched in and `toConnection` expects. */
function inScanOrder(knex: Knex, page: Page, union: Knex.QueryBuilder): Knex.QueryBuilder {
  const isByName = page.order.columns.includes('collection_product.product_name_key');
  const scan = page.backward === (page.order.direction === 'asc') ? 'desc' : 'asc';
  return knex
    .select('*')
    .from(union.as('pages'))
    .orderBy([
      { column: isByName ? 'nameKey' : 'createdAt', order: scan },
      { column: 'id', order: scan },
    ]);
}

async function countProducts(
  knex: Knex,
  audience: Audience,
  collectionIds: readonly string[],
): Promise<{ collectionId: string; count: number }[]> {
  const rows: { collectionId: string; count: unknown }[] = await shelf(knex, audience, collectionIds)
    .select({ collectionId: 'collection_product.collection_id' })
    .count({ count: '*' })
    .groupBy('collection_product.collection_id');
  return rows.map(({ collectionId, count }) => ({ collectionId, count: readInteger(count) }));
}

function shelf(knex: Knex, audience: Audience, collectionIds: readonly string[]): Knex.QueryBuilder {
  const query = knex('collection_product')
    .join('product', 'product.id', 'collection_product.product_id')
    .whereIn('collection_product.collection_id', collectionIds);
  if (audience === 'buyers') query.where('collection_product.product_state', 'ACTIVE');
  return query;
}

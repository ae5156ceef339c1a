import { type Connection, type Knex, type ListOrder, type Position, readInteger } from '@stoa/database';
import type { ProductSort } from '../__generated__/resolvers-types.ts';
import type { ProductRow } from './product-rows.ts';

/** A page of products. */
export type ProductPage = Connection<ProductRow>;

/** Where a list takes its sort columns from: the products, or the shelf of a collection, which has copies. */
export type ListSource = 'product' | 'collection_product';

const columnsOf: Readonly<Record<ListSource, { name: string; age: string; id: string }>> = {
  product: { name: 'product.name_key', age: 'product.created_at', id: 'product.id' },
  collection_product: {
    name: 'collection_product.product_name_key',
    age: 'collection_product.product_created_at',
    id: 'collection_product.product_id',
  },
};

/** The order of a list of products. Its cursors hold for every list of products in the same order. */
export function productOrder(sort: ProductSort, source: ListSource): ListOrder {
  const columns = columnsOf[source];
  const byName = sort === 'NAME_ASC' || sort === 'NAME_DESC';
  return {
    list: `products ${sort}`,
    columns: [byName ? columns.name : columns.age, columns.id],
    direction: sort === 'NAME_ASC' || sort === 'OLDEST' ? 'asc' : 'desc',
  };
}

/** Where a product stands in that order. */
export function productPosition(sort: ProductSort): (product: ProductRow) => Position {
  const byName = sort === 'NAME_ASC' || sort === 'NAME_DESC';
  return ({ nameKey, createdAt, id }) => [byName ? nameKey : createdAt.getTime(), id];
}

/** What a cursor's value is compared with: a time travels as epoch milliseconds. */
export function productColumnValue(value: string | number): Knex.Value {
  return typeof value === 'number' ? new Date(value) : value;
}

export async function countRows(query: Knex.QueryBuilder): Promise<number> {
  const [row]: { count: unknown }[] = await query.count({ count: '*' });
  return readInteger(row?.count);
}

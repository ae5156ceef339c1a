import { applyPage, type ConnectionArguments, connectionPage, type Knex, toConnection } from '@stoa/database';
import { type CallContext, requireRole } from '@stoa/identity';
import type { ProductFilter, ProductSort, ProductState } from '../__generated__/resolvers-types.ts';
import { audienceOf } from '../audience.ts';
import { applyFilter, checkFilter, isOfCollection } from './product-filter.ts';
import {
  countRows,
  type ListSource,
  type ProductPage,
  productColumnValue,
  productOrder,
  productPosition,
} from './product-list.ts';
import { productColumns, type RawProduct, readProduct } from './product-rows.ts';

/**
 * A page of the products that the caller may see and that meet the filter.
 * @throws {Failure} bad-input for a filter, a page size or a cursor that is wrong; forbidden for a
 * state asked for by anybody but staff
 */
export async function listProducts(
  knex: Knex,
  call: CallContext,
  filter: ProductFilter,
  sort: ProductSort,
  args: ConnectionArguments,
): Promise<ProductPage> {
  checkFilter(filter);
  const source = isOfCollection(filter) ? 'collection_product' : 'product';
  const page = connectionPage(args, productOrder(sort, source));

  const matching = knex(source);
  if (source === 'collection_product')
    matching.join('product', 'product.id', 'collection_product.product_id');
  const state = soldOrAsked(call, filter);
  if (state !== null) whereState(matching, source, state, filter);
  await applyFilter(matching, knex, filter, call.locale);

  const rows: RawProduct[] = await applyPage(
    matching.clone().select(knex.raw(productColumns)),
    page,
    productColumnValue,
  );
  return toConnection(rows.map(readProduct), page, productPosition(sort), () => countRows(matching.clone()));
}

function whereState(
  query: Knex.QueryBuilder,
  source: ListSource,
  state: ProductState,
  filter: ProductFilter,
): void {
  if (source === 'collection_product') query.where('collection_product.product_state', state);
  else if (!filter.ids) query.where('product.state', state);
  // In a form that no index serves: SQLite would go through all of the state, in the list's order, in place of a few ids.
  else query.whereRaw("coalesce(product.state, '') = ?", [state]);
}

/** The one state to list, or null for all. */
function soldOrAsked(call: CallContext, { state }: ProductFilter): ProductState | null {
  if (state !== null && state !== undefined) {
    requireRole(call, 'STAFF');
    return state;
  }
  return audienceOf(call) === 'buyers' ? 'ACTIVE' : null;
}

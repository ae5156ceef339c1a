import { applyPage, type ConnectionArguments, connectionPage, type Knex, toConnection } from '@stoa/database';
import { type CallContext, requireRole } from '@stoa/identity';
import type { ProductFilter, ProductSort } from '../__generated__/resolvers-types.ts';
import { audienceOf } from '../audience.ts';
import { applyFilter, checkFilter, isOfCollection } from './product-filter.ts';
import {
  countRows,
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
  if (state !== null)
    matching.where(source === 'product' ? 'product.state' : 'collection_product.product_state', state);
  await applyFilter(matching, knex, filter, call.locale);

  const rows: RawProduct[] = await applyPage(
    matching.clone().select(knex.raw(productColumns)),
    page,
    productColumnValue,
  );
  return toConnection(rows.map(readProduct), page, productPosition(sort), () => countRows(matching.clone()));
}

/** The one state to list, or null for all. */
function soldOrAsked(call: CallContext, { state }: ProductFilter): ProductFilter['state'] | null {
  if ((state ?? null) !== null) {
    requireRole(call, 'STAFF');
    return state;
  }
  return audienceOf(call) === 'buyers' ? 'ACTIVE' : null;
}

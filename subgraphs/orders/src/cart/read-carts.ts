import {
  type EntityManager,
  type Knex,
  type Loader,
  loadMany,
  loadOne,
  readInteger,
  readJson,
  readTime,
} from '@stoa/database';
import type { CartLineRecord, CartRecord } from './cart-record.ts';

/** The reads of carts in one request, each batched: one query however many are asked for. */
export interface CartReads {
  readonly byId: Loader<string, CartRecord | null>;
  /** The open cart of a user. */
  readonly openOf: Loader<string, CartRecord | null>;
  /** The lines of a cart, in the order in which they were added. */
  readonly linesOf: Loader<string, readonly CartLineRecord[]>;
}

export function createCartReads(em: EntityManager): CartReads {
  return {
    byId: loadOne(
      (ids) => findCarts(em, (carts) => carts.whereIn('id', ids)),
      ({ id }) => id,
    ),
    openOf: loadOne(
      (userIds) => findCarts(em, (carts) => carts.where({ state: 'OPEN' }).whereIn('buyer_id', userIds)),
      ({ buyerId }) => buyerId ?? '',
    ),
    linesOf: loadMany(
      (cartIds) => findCartLines(em, cartIds),
      ({ cartId }) => cartId,
    ),
  };
}

/** The cart that an id leads to: of one that was merged, the one that it was merged into. */
export async function findLeading(
  load: (id: string) => Promise<CartRecord | null>,
  id: string,
): Promise<CartRecord | null> {
  const cart = await load(id);
  return cart === null || cart.mergedIntoId === null ? cart : findLeading(load, cart.mergedIntoId);
}

/** Carts as rows. `narrow` says which. */
export async function findCarts(
  em: EntityManager,
  narrow: (carts: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<CartRecord[]> {
  const columns = ['id', 'state', 'currency', 'buyer_id', 'email', 'shipping_address', 'billing_address'];
  const others = [
    'coupon_codes',
    'locked_by',
    'merged_into_id',
    'order_id',
    'version',
    'created_at',
    'updated_at',
  ];
  const rows = await narrow(
    em
      .getKnex()('cart')
      .select([...columns, ...others]),
  );
  return rows.map(toCart);
}

/** The lines of carts, in the order in which they were added. */
export async function findCartLines(
  em: EntityManager,
  cartIds: readonly string[],
): Promise<(CartLineRecord & { readonly cartId: string })[]> {
  const rows = await em
    .getKnex()('cart_line')
    .select('id', 'cart_id', 'variant_id', 'quantity')
    .whereIn('cart_id', cartIds)
    .orderBy('id');
  return rows.map((row) => ({
    id: row.id,
    cartId: row.cart_id,
    variantId: row.variant_id,
    quantity: readInteger(row.quantity),
  }));
}

function toCart(row: Record<string, unknown>): CartRecord {
  return {
    id: row['id'] as string,
    state: row['state'] as CartRecord['state'],
    currency: row['currency'] as string,
    buyerId: row['buyer_id'] as string | null,
    email: row['email'] as string | null,
    shippingAddress: readJson(row['shipping_address']),
    billingAddress: readJson(row['billing_address']),
    couponCodes: readJson(row['coupon_codes']),
    lockedBy: row['locked_by'] as string | null,
    mergedIntoId: row['merged_into_id'] as string | null,
    orderId: row['order_id'] as string | null,
    version: readInteger(row['version']),
    createdAt: readTime(row['created_at']),
    updatedAt: readTime(row['updated_at']),
  };
}

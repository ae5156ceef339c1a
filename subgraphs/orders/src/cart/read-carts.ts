import type { InferEntity } from '@mikro-orm/core';
import {
  type EntityManager,
  type Loader,
  lazily,
  loadMany,
  loadOne,
  rowsOf,
  type Where,
} from '@stoa/database';
import { Cart, CartLine } from './cart.entity.ts';
import { type CartLineRecord, type CartRecord, toCartRecord } from './cart-record.ts';

/** The reads of carts in one request, each batched: one query however many are asked for. */
export interface CartReads {
  readonly byId: Loader<string, CartRecord | null>;
  /** The open cart of a user. */
  readonly openOf: Loader<string, CartRecord | null>;
  /** The lines of a cart, in the order in which they were added. */
  readonly linesOf: Loader<string, readonly CartLineRecord[]>;
}

type Source = Readonly<{ em: EntityManager }>;

export const createCartReads = lazily<Source, CartReads>({
  byId: ({ em }) =>
    loadOne(
      (ids) => findCarts(em, { id: ids }),
      ({ id }) => id,
    ),
  openOf: ({ em }) =>
    loadOne(
      (userIds) => findCarts(em, { state: 'OPEN', buyerId: userIds }),
      ({ buyerId }) => buyerId ?? '',
    ),
  linesOf: ({ em }) =>
    loadMany(
      (cartIds) => findCartLines(em, cartIds),
      ({ cartId }) => cartId,
    ),
});

/** The cart that an id leads to: of one that was merged, the one that it was merged into. */
export async function findLeading(
  load: (id: string) => Promise<CartRecord | null>,
  id: string,
): Promise<CartRecord | null> {
  const cart = await load(id);
  return cart === null || cart.mergedIntoId === null ? cart : findLeading(load, cart.mergedIntoId);
}

/** Carts as rows. */
export async function findCarts(
  em: EntityManager,
  where: Where<InferEntity<typeof Cart>>,
): Promise<CartRecord[]> {
  return (await rowsOf(em).find(Cart, where)).map(toCartRecord);
}

/** The lines of carts, in the order in which they were added. */
export async function findCartLines(
  em: EntityManager,
  cartIds: readonly string[],
): Promise<(CartLineRecord & { readonly cartId: string })[]> {
  const lines = await rowsOf(em).find(CartLine, { cart: cartIds }, { orderBy: { id: 'asc' } });
  return lines.map(({ id, cart, variantId, quantity }) => ({ id, cartId: cart, variantId, quantity }));
}

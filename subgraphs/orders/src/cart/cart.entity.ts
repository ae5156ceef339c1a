import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { PostalAddress } from '../postal-address.ts';

/** OPEN can be changed and ordered; ORDERED became an order; the lines of a MERGED one went into another cart. */
export type CartState = 'OPEN' | 'ORDERED' | 'MERGED';

export const Cart = defineEntity({
  name: 'Cart',
  tableName: 'cart',
  properties: {
    ...baseProperties,
    state: p.string().$type<CartState>(),
    currency: p.string().length(3),
    /** The user whose it is; null for a guest's. A user has at most one that is OPEN. */
    buyerId: p.string().length(36).nullable(),
    /** In lower case. */
    email: p.string().nullable(),
    shippingAddress: p.json<PostalAddress>().nullable(),
    billingAddress: p.json<PostalAddress>().nullable(),
    /** In upper case. */
    couponCodes: p.json<readonly string[]>(),
    /** The checkout that runs on it and alone may change it; null when none does. */
    lockedBy: p.string().length(36).nullable(),
    /** Whether a checkout of it has failed: then it may have an order that waits to be paid. */
    hasFailed: p.boolean(),
    /** Where the lines of a MERGED one went. */
    mergedIntoId: p.string().length(36).nullable(),
    /** What an ORDERED one became. */
    orderId: p.string().length(36).nullable(),
  },
});

export type Cart = Row<InferEntity<typeof Cart>>;

/** One line a variant, in the order of their ids, which is that of time. */
export const CartLine = defineEntity({
  name: 'CartLine',
  tableName: 'cart_line',
  properties: {
    id: p.string().length(36).primary(),
    cart: () => p.manyToOne(Cart),
    variantId: p.string().length(36),
    quantity: p.integer(),
  },
});

export type CartLine = Row<InferEntity<typeof CartLine>>;

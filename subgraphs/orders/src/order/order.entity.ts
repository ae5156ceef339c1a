import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { PostalAddress } from '../postal-address.ts';
import type { OrderState } from './order-state.ts';

/** What a promotion took off, with tax, in minor units. */
export interface Discount {
  readonly name: string;
  readonly couponCode: string | null;
  readonly amount: number;
}

/** What was bought, as it was then. Amounts are in minor units of `currency`, with tax. */
export const Order = defineEntity({
  name: 'Order',
  // ORDER is a word of SQL.
  tableName: 'orders',
  properties: {
    ...baseProperties,
    number: p.string().length(20),
    state: p.string().$type<OrderState>(),
    cartId: p.string().length(36),
    /** The checkout that last tried to have it paid. */
    checkoutId: p.string().length(36),
    /** Of all that the buyer agreed to: a retry that agrees to the same pays for this same order. */
    snapshotHash: p.string().length(64),
    /** Null for a guest. */
    buyerId: p.string().length(36).nullable(),
    /** In lower case. */
    email: p.string().nullable(),
    currency: p.string().length(3),
    shippingAddress: p.json<PostalAddress>(),
    billingAddress: p.json<PostalAddress>(),
    discounts: p.json<readonly Discount[]>(),
    /** Of the lines, before discounts. */
    subtotal: p.bigint('number'),
    shipping: p.bigint('number'),
    /** Within the total. */
    tax: p.bigint('number'),
    total: p.bigint('number'),
    placedAt: p.datetime(3),
  },
});

export type Order = Row<InferEntity<typeof Order>>;

/** Never changed once written. `unit` is of one, before discounts; `total` of the line, after its share of them. */
export const OrderLine = defineEntity({
  name: 'OrderLine',
  tableName: 'order_line',
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(Order),
    variantId: p.string().length(36),
    sku: p.string(),
    name: p.text(),
    quantity: p.integer(),
    unitNet: p.bigint('number'),
    unitTax: p.bigint('number'),
    unitGross: p.bigint('number'),
    totalNet: p.bigint('number'),
    totalTax: p.bigint('number'),
    totalGross: p.bigint('number'),
    /** Basis points. */
    taxRate: p.integer(),
  },
});

/** Who brought a change about. */
export type OrderActor = 'BUYER' | 'STAFF' | 'SYSTEM';

/** One entry for each change of an order's state, in the order of their ids. */
export const OrderHistory = defineEntity({
  name: 'OrderHistory',
  tableName: 'order_history',
  properties: {
    id: p.string().length(36).primary(),
    order: () => p.manyToOne(Order),
    at: p.datetime(3),
    from: p.string().$type<OrderState>().nullable().name('from_state'),
    to: p.string().$type<OrderState>().name('to_state'),
    reason: p.string().nullable(),
    actor: p.string().$type<OrderActor>(),
    /** The user, or null for a guest and for the shop itself. */
    actorId: p.string().length(36).nullable(),
  },
});

/** Hands out the numbers of orders: the database counts, so that instances side by side never give one twice. */
export const OrderNumber = defineEntity({
  name: 'OrderNumber',
  tableName: 'order_number',
  properties: {
    id: p.integer().primary().autoincrement(),
    orderId: p.string().length(36),
  },
});

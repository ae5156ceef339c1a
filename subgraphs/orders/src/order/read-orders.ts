import type { InferEntity } from '@mikro-orm/core';
import {
  type EntityManager,
  type Knex,
  type Loader,
  lazily,
  loadMany,
  loadOne,
  readInteger,
  readJson,
  readTime,
  rowsOf,
  type Where,
} from '@stoa/database';
import type { TaxedAmount } from '../pricing/quote.ts';
import { Order, OrderHistory } from './order.entity.ts';
import type {
  OrderFulfilmentRecord,
  OrderHistoryRecord,
  OrderLineRecord,
  OrderRecord,
  OrderReturnRecord,
  OrderTaskRecord,
} from './order-record.ts';
import { findFulfilments, findReturns, findTasks } from './read-order-parts.ts';

/** The reads of orders in one request, each batched: one query however many are asked for. */
export interface OrderReads {
  readonly byId: Loader<string, OrderRecord | null>;
  readonly byNumber: Loader<string, OrderRecord | null>;
  readonly lineById: Loader<string, OrderLineRecord | null>;
  readonly linesOf: Loader<string, readonly OrderLineRecord[]>;
  readonly historyOf: Loader<string, readonly OrderHistoryRecord[]>;
  readonly fulfilmentsOf: Loader<string, readonly OrderFulfilmentRecord[]>;
  readonly returnById: Loader<string, OrderReturnRecord | null>;
  readonly returnsOf: Loader<string, readonly OrderReturnRecord[]>;
  readonly tasksOf: Loader<string, readonly OrderTaskRecord[]>;
}

export const createOrderReads = lazily<Readonly<{ em: EntityManager }>, OrderReads>({
  byId: ({ em }) =>
    loadOne(
      (ids) => ordersById(em, ids),
      ({ id }) => id,
    ),
  byNumber: ({ em }) =>
    loadOne(
      (numbers) => ordersWhere(em, { number: numbers }),
      ({ number }) => number,
    ),
  lineById: ({ em }) =>
    loadOne(
      (ids) => findLines(em, 'line.id', ids),
      ({ id }) => id,
    ),
  linesOf: ({ em }) =>
    loadMany(
      (orderIds) => findLines(em, 'line.order_id', orderIds),
      ({ orderId }) => orderId,
    ),
  historyOf: ({ em }) =>
    loadMany(
      (orderIds) => findHistory(em, orderIds),
      ({ orderId }) => orderId,
    ),
  fulfilmentsOf: ({ em }) =>
    loadMany(
      (orderIds) => findFulfilments(em, orderIds),
      ({ orderId }) => orderId,
    ),
  returnById: ({ em }) =>
    loadOne(
      (ids) => findReturns(em, (returns) => returns.whereIn('return.id', ids)),
      ({ id }) => id,
    ),
  returnsOf: ({ em }) =>
    loadMany(
      (orderIds) => findReturns(em, (returns) => returns.whereIn('return.order_id', orderIds)),
      ({ orderId }) => orderId,
    ),
  tasksOf: ({ em }) =>
    loadMany(
      (orderIds) => findTasks(em, orderIds),
      ({ orderId }) => orderId,
    ),
});

/** Orders by their ids, in any order. */
export function ordersById(em: EntityManager, ids: readonly string[]): Promise<OrderRecord[]> {
  return ordersWhere(em, { id: ids });
}

async function ordersWhere(
  em: EntityManager,
  where: Where<InferEntity<typeof Order>>,
): Promise<OrderRecord[]> {
  return (await rowsOf(em).find(Order, where)).map(toOrderRecord);
}

/** An order as its row has it. */
export function toOrderRecord(order: Order): OrderRecord {
  return { ...order, buyerId: order.buyerId ?? null, email: order.email ?? null };
}

/** Orders of a list. `narrow` says which. */
export async function findOrders(
  em: EntityManager,
  narrow: (orders: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<OrderRecord[]> {
  const rows = await narrow(em.getKnex()('orders').select('*'));
  return rows.map(toOrder);
}

type Row = Record<string, unknown>;

export function toOrder(row: Row): OrderRecord {
  return {
    id: row['id'] as string,
    number: row['number'] as string,
    state: row['state'] as OrderRecord['state'],
    placedAt: readTime(row['placed_at']),
    buyerId: row['buyer_id'] as string | null,
    email: row['email'] as string | null,
    currency: row['currency'] as string,
    shippingAddress: readJson(row['shipping_address']),
    billingAddress: readJson(row['billing_address']),
    discounts: readJson(row['discounts']),
    subtotal: readInteger(row['subtotal']),
    shipping: readInteger(row['shipping']),
    tax: readInteger(row['tax']),
    total: readInteger(row['total']),
    version: readInteger(row['version']),
  };
}

async function findLines(
  em: EntityManager,
  column: 'line.id' | 'line.order_id',
  ids: readonly string[],
): Promise<OrderLineRecord[]> {
  const rows = await rowsOf(em).all(
    `select line.*, orders.currency, orders.buyer_id from order_line line
     join orders on orders.id = line.order_id where ${column} = any(?) order by line.id`,
    [ids],
  );
  return rows.map((row) => ({
    id: row['id'] as string,
    orderId: row['order_id'] as string,
    variantId: row['variant_id'] as string,
    sku: row['sku'] as string,
    name: row['name'] as string,
    quantity: readInteger(row['quantity']),
    unit: toAmount(row, 'unit'),
    total: toAmount(row, 'total'),
    taxRate: readInteger(row['tax_rate']),
    currency: row['currency'] as string,
    buyerId: row['buyer_id'] as string | null,
  }));
}

function toAmount(row: Row, which: 'unit' | 'total'): TaxedAmount {
  return {
    net: readInteger(row[`${which}_net`]),
    tax: readInteger(row[`${which}_tax`]),
    gross: readInteger(row[`${which}_gross`]),
  };
}

async function findHistory(em: EntityManager, orderIds: readonly string[]): Promise<OrderHistoryRecord[]> {
  const entries = await rowsOf(em).find(OrderHistory, { order: orderIds }, { orderBy: { id: 'asc' } });
  return entries.map(({ order, at, from, to, reason, actor, actorId }) => ({
    orderId: order,
    at,
    from: from ?? null,
    to,
    reason: reason ?? null,
    actor,
    actorId: actorId ?? null,
  }));
}

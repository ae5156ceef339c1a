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
import type { TaxedAmount } from '../pricing/quote.ts';
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

export function createOrderReads(em: EntityManager): OrderReads {
  return {
    byId: loadOne(
      (ids) => findOrders(em, (orders) => orders.whereIn('id', ids)),
      ({ id }) => id,
    ),
    byNumber: loadOne(
      (numbers) => findOrders(em, (orders) => orders.whereIn('number', numbers)),
      ({ number }) => number,
    ),
    lineById: loadOne(
      (ids) => findLines(em, (lines) => lines.whereIn('line.id', ids)),
      ({ id }) => id,
    ),
    linesOf: loadMany(
      (orderIds) => findLines(em, (lines) => lines.whereIn('line.order_id', orderIds)),
      ({ orderId }) => orderId,
    ),
    historyOf: loadMany(
      (orderIds) => findHistory(em, orderIds),
      ({ orderId }) => orderId,
    ),
    fulfilmentsOf: loadMany(
      (orderIds) => findFulfilments(em, orderIds),
      ({ orderId }) => orderId,
    ),
    returnById: loadOne(
      (ids) => findReturns(em, (returns) => returns.whereIn('return.id', ids)),
      ({ id }) => id,
    ),
    returnsOf: loadMany(
      (orderIds) => findReturns(em, (returns) => returns.whereIn('return.order_id', orderIds)),
      ({ orderId }) => orderId,
    ),
    tasksOf: loadMany(
      (orderIds) => findTasks(em, orderIds),
      ({ orderId }) => orderId,
    ),
  };
}

const orderColumns = [
  'id',
  'number',
  'state',
  'placed_at',
  'buyer_id',
  'email',
  'currency',
  'shipping_address',
  'billing_address',
  'discounts',
  'subtotal',
  'shipping',
  'tax',
  'total',
  'version',
] as const;

/** Orders as rows. `narrow` says which. */
export async function findOrders(
  em: EntityManager,
  narrow: (orders: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<OrderRecord[]> {
  const rows = await narrow(
    em
      .getKnex()('orders')
      .select([...orderColumns]),
  );
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
  narrow: (lines: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<OrderLineRecord[]> {
  const lines = em
    .getKnex()('order_line as line')
    .join('orders', 'orders.id', 'line.order_id')
    .select('line.*', 'orders.currency', 'orders.buyer_id')
    .orderBy('line.id');
  const rows: Row[] = await narrow(lines);
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
  const rows: Row[] = await em
    .getKnex()('order_history')
    .select('order_id', 'at', 'from_state', 'to_state', 'reason', 'actor', 'actor_id')
    .whereIn('order_id', orderIds)
    .orderBy('id');
  return rows.map((row) => ({
    orderId: row['order_id'] as string,
    at: readTime(row['at']),
    from: row['from_state'] as OrderHistoryRecord['from'],
    to: row['to_state'] as OrderHistoryRecord['to'],
    reason: row['reason'] as string | null,
    actor: row['actor'] as OrderHistoryRecord['actor'],
    actorId: row['actor_id'] as string | null,
  }));
}

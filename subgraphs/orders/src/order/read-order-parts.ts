import { type EntityManager, type Knex, readInteger, readJson, readTime } from '@stoa/database';
import type { OrderFulfilmentRecord, OrderReturnRecord, OrderTaskRecord } from './order-record.ts';
import type { Work } from './task/order-task.entity.ts';

type Row = Record<string, unknown>;

/** The fulfilments of some orders, the first ones first. */
export async function findFulfilments(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<OrderFulfilmentRecord[]> {
  const rows: Row[] = await em.getKnex()('order_fulfilment').whereIn('order_id', orderIds).orderBy('id');
  return rows.map((row) => ({
    id: row['id'] as string,
    orderId: row['order_id'] as string,
    at: readTime(row['at']),
    lines: readJson(row['lines']),
    carrier: row['carrier'] as string | null,
    trackingNumber: row['tracking_number'] as string | null,
  }));
}

/** Returns, the first ones first. `narrow` says which, of `order_return` as `return`. */
export async function findReturns(
  em: EntityManager,
  narrow: (returns: Knex.QueryBuilder) => Knex.QueryBuilder,
): Promise<OrderReturnRecord[]> {
  const rows: Row[] = await narrow(
    em
      .getKnex()('order_return as return')
      .join('orders', 'orders.id', 'return.order_id')
      .select('return.*', 'orders.currency', 'orders.buyer_id')
      .orderBy('return.id'),
  );
  return rows.map((row) => ({
    id: row['id'] as string,
    orderId: row['order_id'] as string,
    state: row['state'] as OrderReturnRecord['state'],
    requestedAt: readTime(row['created_at']),
    lines: readJson(row['lines']),
    reason: row['reason'] as string,
    decision: row['decision'] as string | null,
    refund: row['refund'] === null ? null : readInteger(row['refund']),
    currency: row['currency'] as string,
    buyerId: row['buyer_id'] as string | null,
  }));
}

/** The tasks of some orders, the first ones first. */
export async function findTasks(em: EntityManager, orderIds: readonly string[]): Promise<OrderTaskRecord[]> {
  const rows: Row[] = await em.getKnex()('order_task').whereIn('order_id', orderIds).orderBy('id');
  return rows.map((row) => ({
    id: row['id'] as string,
    orderId: row['order_id'] as string,
    kind: readJson<Work>(row['work']).kind,
    state: row['state'] as OrderTaskRecord['state'],
    attempts: readInteger(row['attempts']),
    error: row['error'] as string | null,
    dueAt: row['due_at'] === null ? null : readTime(row['due_at']),
  }));
}

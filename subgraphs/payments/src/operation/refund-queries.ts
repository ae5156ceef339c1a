import { type EntityManager, readInteger, readTime } from '@stoa/database';
import type { OperationState, PaymentOperation } from './payment-operation.entity.ts';

/** What is shown of a refund. */
export interface RefundView {
  readonly id: string;
  readonly paymentId: string;
  readonly state: OperationState;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly createdAt: Date;
}

const columns = [
  'id',
  'payment_id',
  'state',
  'amount',
  'currency',
  'reason',
  'failure_code',
  'failure_message',
  'created_at',
] as const;

export async function refundsByIds(em: EntityManager, ids: readonly string[]): Promise<RefundView[]> {
  const rows = await em
    .getKnex()('payment_operation')
    .select(columns)
    .where('kind', 'REFUND')
    .whereIn('id', ids);
  return rows.map(viewOfRow);
}

/** The refunds of many payments, the oldest first. */
export async function refundsOfPayments(
  em: EntityManager,
  paymentIds: readonly string[],
): Promise<RefundView[]> {
  const rows = await em
    .getKnex()('payment_operation')
    .select(columns)
    .where('kind', 'REFUND')
    .whereIn('payment_id', paymentIds)
    .orderBy(['created_at', 'id']);
  return rows.map(viewOfRow);
}

/** An operation of kind REFUND that was just written, as it is shown. */
export function refundViewOf(operation: PaymentOperation): RefundView {
  return {
    id: operation.id,
    paymentId: operation.paymentId,
    state: operation.state,
    amount: operation.amount,
    currency: operation.currency,
    reason: operation.reason ?? null,
    failureCode: operation.failureCode ?? null,
    failureMessage: operation.failureMessage ?? null,
    createdAt: operation.createdAt,
  };
}

function viewOfRow(row: Record<(typeof columns)[number], unknown>): RefundView {
  return {
    id: row.id as string,
    paymentId: row.payment_id as string,
    state: row.state as OperationState,
    amount: readInteger(row.amount),
    currency: row.currency as string,
    reason: row.reason as string | null,
    failureCode: row.failure_code as string | null,
    failureMessage: row.failure_message as string | null,
    createdAt: readTime(row.created_at),
  };
}

import {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type EntityManager,
  readInteger,
  readTime,
  rowsOf,
  toConnection,
  writeTime,
} from '@stoa/database';
import { Payment } from './payment.entity.ts';
import type { PaymentState } from './payment-state.ts';

/** What is shown of a payment. */
export interface PaymentView {
  readonly id: string;
  readonly orderId: string;
  readonly ownerId: string | null;
  readonly state: PaymentState;
  readonly currency: string;
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
  readonly provider: string;
  readonly method: string | null;
  readonly failureCode: string | null;
  readonly failureMessage: string | null;
  readonly actionUrl: string | null;
  readonly createdAt: Date;
  readonly version: number;
}

const columns = [
  'id',
  'order_id',
  'owner_id',
  'state',
  'currency',
  'amount',
  'captured',
  'refunded',
  'provider',
  'method',
  'failure_code',
  'failure_message',
  'action_url',
  'created_at',
  'version',
] as const;

export async function paymentsByIds(em: EntityManager, ids: readonly string[]): Promise<PaymentView[]> {
  return (await rowsOf(em).find(Payment, { id: ids })).map(viewOf);
}

/** The payments of many orders, the oldest first. */
export async function paymentsOfOrders(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<PaymentView[]> {
  const order = { orderBy: { createdAt: 'asc', id: 'asc' } } as const;
  return (await rowsOf(em).find(Payment, { orderId: orderIds }, order)).map(viewOf);
}

export interface PaymentFilter {
  readonly state?: PaymentState | null;
  readonly orderId?: string | null;
}

const newestFirst = { list: 'payments', columns: ['created_at', 'id'], direction: 'desc' } as const;

/**
 * A page of all payments, the newest first.
 * @throws {Failure} bad-input for a page size out of range or a cursor of another list
 */
export async function listPayments(
  em: EntityManager,
  args: ConnectionArguments,
  filter: PaymentFilter,
): Promise<Connection<PaymentView>> {
  const page = connectionPage(args, newestFirst);
  const matching = () => {
    const query = em.getKnex()('payment');
    if (filter.state) query.where('state', filter.state);
    if (filter.orderId) query.where('order_id', filter.orderId);
    return query;
  };
  const toColumn = (value: string | number, column: string) =>
    column === 'created_at' ? writeTime(em, new Date(value)) : value;
  const rows = await applyPage(matching().select(columns), page, toColumn);
  return toConnection(
    rows.map(viewOfRow),
    page,
    ({ createdAt, id }) => [createdAt.getTime(), id],
    async () => readInteger((await matching().count({ count: '*' }))[0]?.count),
  );
}

/** A payment as it is shown. */
export function viewOf(payment: Payment): PaymentView {
  return {
    id: payment.id,
    orderId: payment.orderId,
    ownerId: payment.ownerId ?? null,
    state: payment.state,
    currency: payment.currency,
    amount: payment.amount,
    captured: payment.captured,
    refunded: payment.refunded,
    provider: payment.provider,
    method: payment.method ?? null,
    failureCode: payment.failureCode ?? null,
    failureMessage: payment.failureMessage ?? null,
    actionUrl: payment.actionUrl ?? null,
    createdAt: payment.createdAt,
    version: payment.version,
  };
}

type PaymentRow = Record<(typeof columns)[number], unknown>;

function viewOfRow(row: PaymentRow): PaymentView {
  return {
    id: row.id as string,
    orderId: row.order_id as string,
    ownerId: row.owner_id as string | null,
    state: row.state as PaymentState,
    currency: row.currency as string,
    amount: readInteger(row.amount),
    captured: readInteger(row.captured),
    refunded: readInteger(row.refunded),
    provider: row.provider as string,
    method: row.method as string | null,
    failureCode: row.failure_code as string | null,
    failureMessage: row.failure_message as string | null,
    actionUrl: row.action_url as string | null,
    createdAt: readTime(row.created_at),
    version: readInteger(row.version),
  };
}

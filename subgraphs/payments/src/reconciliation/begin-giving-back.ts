import { type EntityManager, rowsOf } from '@stoa/database';
import { fingerprint } from '../fingerprint.ts';
import { type OperationKind, PaymentOperation } from '../operation/payment-operation.entity.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import { noAnswer } from './next-check.ts';

/**
 * Writes down, in the caller's transaction, that money of a payment that had ended is to go back. The operation is PENDING
 * and unclaimed: whoever comes first has the provider do it. One at a time, and no other once the provider has refused:
 * that is for the staff to see to.
 * @returns the payment as it is then
 */
export async function beginGivingBack(
  tx: EntityManager,
  { clock, newId }: PaymentsScope,
  payment: Payment,
  kind: Extract<OperationKind, 'REFUND' | 'VOID'>,
): Promise<Payment> {
  const prefix = `late-${kind.toLowerCase()}:${payment.id}:`;
  const rows = rowsOf(tx);
  const operations = await rows.find(PaymentOperation, { paymentId: payment.id }, { orderBy: { id: 'asc' } });
  const earlier = operations.filter(({ idempotencyKey }) => idempotencyKey.startsWith(prefix));
  const last = earlier.at(-1);
  if (last !== undefined && (last.state !== 'FAILED' || last.failureCode !== noAnswer)) return payment;
  const now = clock.now();
  const amount =
    kind === 'VOID' ? payment.amount : payment.captured - payment.refunded - payment.refundReserved;
  await rows.insert(PaymentOperation, {
    id: newId(),
    createdAt: now,
    updatedAt: now,
    paymentId: payment.id,
    kind,
    state: 'PENDING',
    amount,
    currency: payment.currency,
    reason: 'The payment had ended before the money came',
    idempotencyKey: `${prefix}${earlier.length + 1}`,
    fingerprint: fingerprint(kind, payment.id, amount),
  });
  return rows.change(Payment, payment, {
    ...(kind === 'REFUND' ? { refundReserved: payment.refundReserved + amount } : {}),
    // Due now, in case that this process gets no further.
    nextCheckAt: now,
  });
}

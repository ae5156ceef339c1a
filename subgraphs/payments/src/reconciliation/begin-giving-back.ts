import type { EntityManager } from '@stoa/database';
import { fingerprint } from '../fingerprint.ts';
import { type OperationKind, PaymentOperation } from '../operation/payment-operation.entity.ts';
import type { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import { noAnswer } from './next-check.ts';

/**
 * Writes down, in the caller's transaction, that money of a payment that had ended is to go back. The operation is PENDING
 * and unclaimed: whoever comes first has the provider do it. One at a time, and no other once the provider has refused:
 * that is for the staff to see to.
 */
export async function beginGivingBack(
  tx: EntityManager,
  { clock, newId }: PaymentsScope,
  payment: Payment,
  kind: Extract<OperationKind, 'REFUND' | 'VOID'>,
): Promise<void> {
  const prefix = `late-${kind.toLowerCase()}:${payment.id}:`;
  const earlier = await tx.find(
    PaymentOperation,
    { paymentId: payment.id, idempotencyKey: { $like: `${prefix}%` } },
    { orderBy: { id: 'asc' } },
  );
  const last = earlier.at(-1);
  if (last !== undefined && (last.state !== 'FAILED' || last.failureCode !== noAnswer)) return;
  const now = clock.now();
  const amount =
    kind === 'VOID' ? payment.amount : payment.captured - payment.refunded - payment.refundReserved;
  tx.create(PaymentOperation, {
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
  if (kind === 'REFUND') payment.refundReserved += amount;
  // Due now, in case that this process gets no further.
  payment.nextCheckAt = now;
  await tx.flush();
}

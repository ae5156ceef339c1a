import type { EntityManager } from '@stoa/database';
import { fingerprint } from '../fingerprint.ts';
import { type OperationKind, PaymentOperation } from '../operation/payment-operation.entity.ts';
import type { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';

/**
 * Writes down, in the caller's transaction, that money of a payment that had ended is to go back, once a payment. The
 * operation is PENDING and unclaimed: whoever comes first has the provider do it.
 */
export async function beginGivingBack(
  tx: EntityManager,
  { clock, newId }: PaymentsScope,
  payment: Payment,
  kind: Extract<OperationKind, 'REFUND' | 'VOID'>,
): Promise<void> {
  const idempotencyKey = `late-${kind.toLowerCase()}:${payment.id}`;
  // Refused before: that is for the staff to see to.
  if ((await tx.count(PaymentOperation, { idempotencyKey })) > 0) return;
  const now = clock.now();
  tx.create(PaymentOperation, {
    id: newId(),
    createdAt: now,
    updatedAt: now,
    paymentId: payment.id,
    kind,
    state: 'PENDING',
    amount: payment.amount,
    currency: payment.currency,
    reason: 'The payment had ended before the money came',
    idempotencyKey,
    fingerprint: fingerprint(kind, payment.id),
  });
  if (kind === 'REFUND') payment.refundReserved += payment.amount;
  // Due now, in case that this process gets no further.
  payment.nextCheckAt = now;
  await tx.flush();
}

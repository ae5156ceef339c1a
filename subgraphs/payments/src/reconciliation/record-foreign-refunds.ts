import { type EntityManager, rowsOf } from '@stoa/database';
import { fingerprint } from '../fingerprint.ts';
import { PaymentOperation } from '../operation/payment-operation.entity.ts';
import { writeOutcome } from '../operation/write-outcome.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import type { PaymentsScope } from '../scope.ts';

/**
 * Writes down refunds that were made at the provider by hand, in the caller's transaction, so that the ledger has them and
 * nobody gives the same money back twice. What would be more than was taken is left for the report to tell.
 */
export async function recordForeignRefunds(
  tx: EntityManager,
  scope: PaymentsScope,
  before: Payment,
  charge: ProviderCharge,
): Promise<void> {
  if (charge.refunds.length === 0) return;
  const rows = rowsOf(tx);
  let payment = before;
  const operations = await rows.find(PaymentOperation, { paymentId: payment.id, kind: 'REFUND' });
  const known = new Set(operations.flatMap(({ id, idempotencyKey }) => [id, idempotencyKey]));
  for (const { idempotencyKey, reference, amount, refusal } of charge.refunds) {
    const ownKey = `${payment.provider}:${reference}`;
    if (refusal !== null || known.has(ownKey) || (idempotencyKey !== null && known.has(idempotencyKey)))
      continue;
    if (amount > payment.captured - payment.refunded - payment.refundReserved) continue;
    const now = scope.clock.now();
    const operation: PaymentOperation = {
      id: scope.newId(),
      version: 1,
      createdAt: now,
      updatedAt: now,
      paymentId: payment.id,
      kind: 'REFUND',
      state: 'PENDING',
      amount,
      currency: payment.currency,
      reason: 'Given back at the provider',
      idempotencyKey: ownKey,
      fingerprint: fingerprint('REFUND', payment.id, reference),
      failureCode: null,
      failureMessage: null,
      claimedUntil: null,
    };
    await rows.insert(PaymentOperation, operation);
    payment = await rows.change(Payment, payment, { refundReserved: payment.refundReserved + amount });
    ({ payment } = await writeOutcome(tx, scope, payment, operation, { status: 'approved', reference }));
  }
}

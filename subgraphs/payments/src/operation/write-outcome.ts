import type { EntityManager } from '@stoa/database';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { sumLedger } from '../ledger/ledger-sums.ts';
import { applyChange } from '../payment/apply-change.ts';
import { afterCapture, afterRefund, afterVoid, type Change } from '../payment/change.ts';
import type { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import type { OperationOutcome } from './ask-for-operation.ts';
import type { PaymentOperation } from './payment-operation.entity.ts';

/**
 * Ends a PENDING operation: operation, payment, ledger and event, in the caller's transaction, which has the payment's row
 * locked.
 */
export async function writeOutcome(
  tx: EntityManager,
  scope: PaymentsScope,
  payment: Payment,
  operation: PaymentOperation,
  outcome: OperationOutcome,
): Promise<void> {
  const isDone = outcome.status === 'approved';
  operation.state = isDone ? 'SUCCEEDED' : 'FAILED';
  operation.failureCode = isDone ? null : outcome.code;
  operation.failureMessage = isDone ? null : outcome.message;
  operation.updatedAt = scope.clock.now();
  operation.claimedUntil = null;
  const change = await changeOf(tx, payment, operation, outcome);
  if (change === null) return;
  applyChange(tx, scope, payment, change, {
    operationId: operation.id,
    ...(outcome.status === 'approved'
      ? { reference: outcome.reference }
      : { reference: null, refusal: { code: outcome.code, message: outcome.message } }),
  });
}

async function changeOf(
  tx: EntityManager,
  payment: Payment,
  { kind, amount }: PaymentOperation,
  outcome: OperationOutcome,
): Promise<Change | null> {
  switch (kind) {
    case 'CAPTURE':
      return afterCapture(payment, outcome);
    case 'VOID': {
      const { held } = sumLedger(await tx.find(LedgerEntry, { paymentId: payment.id }));
      return afterVoid(payment, outcome, held);
    }
    case 'REFUND':
      return afterRefund(payment, amount, outcome);
  }
}

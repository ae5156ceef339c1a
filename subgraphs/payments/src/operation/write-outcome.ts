import { type EntityManager, rowsOf } from '@stoa/database';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { sumLedger } from '../ledger/ledger-sums.ts';
import { applyChange } from '../payment/apply-change.ts';
import { afterCapture, afterRefund, afterVoid, type Change } from '../payment/change.ts';
import type { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import type { OperationOutcome } from './ask-for-operation.ts';
import type { Concluded } from './concluded.ts';
import { PaymentOperation } from './payment-operation.entity.ts';

/**
 * Ends a PENDING operation: operation, payment, ledger and event, in the caller's transaction, which has the payment's row
 * locked.
 * @returns both as they are then
 */
export async function writeOutcome(
  tx: EntityManager,
  scope: PaymentsScope,
  payment: Payment,
  pending: PaymentOperation,
  outcome: OperationOutcome,
): Promise<Concluded> {
  const isDone = outcome.status === 'approved';
  const operation = await rowsOf(tx).change(PaymentOperation, pending, {
    state: isDone ? 'SUCCEEDED' : 'FAILED',
    failureCode: isDone ? null : outcome.code,
    failureMessage: isDone ? null : outcome.message,
    updatedAt: scope.clock.now(),
    claimedUntil: null,
  });
  const change = await changeOf(tx, payment, operation, outcome);
  if (change === null) return { payment, operation };
  const origin = {
    operationId: operation.id,
    ...(outcome.status === 'approved'
      ? { reference: outcome.reference }
      : { reference: null, refusal: { code: outcome.code, message: outcome.message } }),
  };
  return { payment: await applyChange(tx, scope, payment, change, origin), operation };
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
      const { held } = sumLedger(await rowsOf(tx).find(LedgerEntry, { paymentId: payment.id }));
      return afterVoid(payment, outcome, held);
    }
    case 'REFUND':
      return afterRefund(payment, amount, outcome);
  }
}

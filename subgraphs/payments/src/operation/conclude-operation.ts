import { LockMode } from '@mikro-orm/core';
import { Failure } from '@stoa/errors';
import { release } from '../claim.ts';
import { applyChange } from '../payment/apply-change.ts';
import { afterCapture, afterRefund, afterVoid, type Change } from '../payment/change.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import { askForOperation, type OperationOutcome } from './ask-for-operation.ts';
import { PaymentOperation } from './payment-operation.entity.ts';

/** An operation that has ended, and its payment as it stands. */
export interface Concluded {
  readonly payment: Payment;
  readonly operation: PaymentOperation;
}

/**
 * Has the provider do an operation that the caller has claimed, and writes down how it ended: operation, payment, ledger
 * and event in one transaction.
 * @throws {Failure} unavailable OUTCOME_UNKNOWN when the provider does not answer; the operation stays PENDING, and a
 * repeat with its idempotency key takes it up
 */
export async function concludeOperation(
  scope: PaymentsScope,
  { payment, operation }: Concluded,
  isRepeat: boolean,
): Promise<Concluded> {
  let isWritten = false;
  try {
    const provider = scope.providers.get(payment.provider);
    const outcome = await askForOperation(provider, payment, operation, isRepeat);
    if (outcome === null) throw outcomeUnknown(operation);
    const concluded = await record(scope, operation, outcome);
    isWritten = true;
    return concluded;
  } finally {
    if (!isWritten) await release(scope, 'payment_operation', operation.id);
  }
}

function record(
  scope: PaymentsScope,
  { id, paymentId }: PaymentOperation,
  outcome: OperationOutcome,
): Promise<Concluded> {
  return scope.em.fork().transactional(async (tx) => {
    const payment = await tx.findOneOrFail(Payment, paymentId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const operation = await tx.findOneOrFail(PaymentOperation, id);
    // Whoever claimed it after us was faster.
    if (operation.state !== 'PENDING') return { payment, operation };

    const isDone = outcome.status === 'approved';
    operation.state = isDone ? 'SUCCEEDED' : 'FAILED';
    operation.failureCode = isDone ? null : outcome.code;
    operation.failureMessage = isDone ? null : outcome.message;
    operation.updatedAt = scope.clock.now();
    operation.claimedUntil = null;
    const change = changeOf(payment, operation, outcome);
    if (change !== null) {
      applyChange(tx, scope, payment, change, {
        operationId: operation.id,
        reference: isDone ? outcome.reference : null,
      });
    }
    return { payment, operation };
  });
}

function changeOf(
  payment: Payment,
  { kind, amount }: PaymentOperation,
  outcome: OperationOutcome,
): Change | null {
  switch (kind) {
    case 'CAPTURE':
      return afterCapture(payment, outcome);
    case 'VOID':
      return afterVoid(payment, outcome);
    case 'REFUND':
      return afterRefund(payment, amount, outcome);
  }
}

function outcomeUnknown({ id, kind, paymentId }: PaymentOperation): Failure {
  return new Failure(
    'unavailable',
    `The payment provider has not said what became of the ${kind.toLowerCase()}; repeat it with the same idempotency key`,
    { code: 'OUTCOME_UNKNOWN', details: { paymentId, operationId: id } },
  );
}

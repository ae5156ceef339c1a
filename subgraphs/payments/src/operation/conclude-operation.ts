import { LockMode } from '@mikro-orm/core';
import { inTransaction } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { release } from '../claim.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { PaymentsScope } from '../scope.ts';
import { askForOperation, type OperationOutcome } from './ask-for-operation.ts';
import { PaymentOperation } from './payment-operation.entity.ts';
import { writeOutcome } from './write-outcome.ts';

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
  return inTransaction(scope.em, async (tx) => {
    const payment = await tx.findOneOrFail(Payment, paymentId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const operation = await tx.findOneOrFail(PaymentOperation, id);
    // Whoever claimed it after us was faster.
    if (operation.state !== 'PENDING') return { payment, operation };

    await writeOutcome(tx, scope, payment, operation, outcome);
    return { payment, operation };
  });
}

function outcomeUnknown({ id, kind, paymentId }: PaymentOperation): Failure {
  return new Failure(
    'unavailable',
    `The payment provider has not said what became of the ${kind.toLowerCase()}; repeat it with the same idempotency key`,
    { code: 'OUTCOME_UNKNOWN', details: { paymentId, operationId: id } },
  );
}

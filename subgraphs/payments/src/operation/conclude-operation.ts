import { inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { release } from '../claim.ts';
import { lockPayment } from '../payment/find-payment.ts';
import type { PaymentsScope } from '../scope.ts';
import { askForOperation, type OperationOutcome } from './ask-for-operation.ts';
import type { Concluded } from './concluded.ts';
import { PaymentOperation } from './payment-operation.entity.ts';
import { writeOutcome } from './write-outcome.ts';

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
    const payment = await lockPayment(tx, paymentId);
    const operation = await rowsOf(tx).findOne(PaymentOperation, { id });
    if (operation === null) throw new Error(`Expected the operation ${id}`);
    // Whoever claimed it after us was faster.
    if (operation.state !== 'PENDING') return { payment, operation };
    return writeOutcome(tx, scope, payment, operation, outcome);
  });
}

function outcomeUnknown({ id, kind, paymentId }: PaymentOperation): Failure {
  return new Failure(
    'unavailable',
    `The payment provider has not said what became of the ${kind.toLowerCase()}; repeat it with the same idempotency key`,
    { code: 'OUTCOME_UNKNOWN', details: { paymentId, operationId: id } },
  );
}

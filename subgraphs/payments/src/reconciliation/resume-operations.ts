import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { claim } from '../claim.ts';
import { concludeOperation } from '../operation/conclude-operation.ts';
import { PaymentOperation } from '../operation/payment-operation.entity.ts';
import { readPayment } from '../payment/find-payment.ts';
import type { PaymentsScope } from '../scope.ts';

/**
 * Ends what was asked for and left without an outcome: by a process that has died, or by ourselves for money that is to go
 * back. What somebody is at work on is left to them, and what the provider does not answer to is left for the next time.
 */
export async function resumeOperations(scope: PaymentsScope, paymentId: string): Promise<void> {
  const pending = await rowsOf(scope.em).find(
    PaymentOperation,
    { paymentId, state: 'PENDING' },
    { orderBy: { id: 'asc' } },
  );
  for (const operation of pending) {
    if (!(await claim(scope, 'payment_operation', operation.id, ['PENDING']))) continue;
    const payment = await readPayment(scope.em, paymentId);
    try {
      await concludeOperation(scope, { payment, operation }, true);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'OUTCOME_UNKNOWN') throw error;
      scope.logger.warn({ event: 'payment.operation-unknown', paymentId, operationId: operation.id });
    }
  }
}

import { Failure } from '@stoa/errors';
import { idempotencyKeyReusedFailure } from '../idempotency.ts';
import type { Concluded } from '../operation/concluded.ts';
import type { OperationRefusal, OperationRequest } from '../operation/operation-request.ts';
import { performOperation } from '../operation/perform-operation.ts';
import type { PaymentsScope } from '../scope.ts';

/**
 * Performs an operation for another service, to which a refusal is a failure.
 * @throws {Failure} not-found PAYMENT_NOT_FOUND; bad-input; conflict ILLEGAL_TRANSITION, REFUND_EXCEEDS_CAPTURED or
 * IDEMPOTENCY_KEY_REUSED; unavailable OUTCOME_UNKNOWN or OPERATION_IN_PROGRESS
 */
export async function perform(scope: PaymentsScope, request: OperationRequest): Promise<Concluded> {
  const result = await performOperation(scope, request);
  if (result.kind === 'refused') throw failureOf(result.refusal);
  return result;
}

function failureOf(refusal: OperationRefusal): Failure {
  switch (refusal.kind) {
    case 'payment-not-found':
      return new Failure('not-found', refusal.message, { code: 'PAYMENT_NOT_FOUND' });
    case 'key-reused':
      return idempotencyKeyReusedFailure();
    case 'wrong-state':
      return new Failure('conflict', refusal.message, { code: 'ILLEGAL_TRANSITION' });
    case 'exceeds-captured':
      return new Failure('conflict', refusal.message, { code: 'REFUND_EXCEEDS_CAPTURED' });
    case 'invalid-input':
      return new Failure('bad-input', `${refusal.field}: ${refusal.message}`);
  }
}

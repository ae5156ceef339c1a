import { Failure } from '@stoa/errors';
import { claim, patiently } from '../claim.ts';
import type { PaymentsScope } from '../scope.ts';
import { beginOperation } from './begin-operation.ts';
import { concludeOperation } from './conclude-operation.ts';
import type { Concluded } from './concluded.ts';
import {
  faultOf,
  type OperationRefusal,
  type OperationRequest,
  type WholeRefusal,
  type WholeRequest,
} from './operation-request.ts';

/** The operation as it ended (SUCCEEDED or FAILED), or why it did not begin. */
export type OperationResult<Refusal = OperationRefusal> =
  | ({ readonly kind: 'concluded' } & Concluded)
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Captures, voids or refunds, once an idempotency key: a repeat gets the same answer, and what was left without an answer
 * is taken up where it stopped.
 * @throws {Failure} unavailable OUTCOME_UNKNOWN when the provider does not answer; unavailable OPERATION_IN_PROGRESS when
 * another caller has been at work on the payment for two seconds. Both may be repeated.
 */
export async function performOperation(
  scope: PaymentsScope,
  request: WholeRequest,
): Promise<OperationResult<WholeRefusal>>;
export async function performOperation(
  scope: PaymentsScope,
  request: OperationRequest,
): Promise<OperationResult>;
export async function performOperation(
  scope: PaymentsScope,
  request: OperationRequest,
): Promise<OperationResult> {
  const fault = faultOf(request);
  if (fault !== null) return { kind: 'refused', refusal: fault };

  const result = await patiently(async (): Promise<OperationResult | null> => {
    const begun = await beginOperation(scope, request);
    switch (begun.kind) {
      case 'refused':
        return begun;
      case 'new':
        return { kind: 'concluded', ...(await concludeOperation(scope, begun, false)) };
      case 'known':
        if (begun.operation.state !== 'PENDING') return { ...begun, kind: 'concluded' };
        return takeUp(scope, begun);
      case 'busy':
        await takeUp(scope, begun);
        return null;
    }
  });
  if (result !== null) return result;
  throw new Failure('unavailable', 'Another request is at work on this payment; try again', {
    code: 'OPERATION_IN_PROGRESS',
    details: { paymentId: request.paymentId },
  });
}

/** Ends an operation that an earlier call left; null when somebody else is at work on it. */
async function takeUp(scope: PaymentsScope, begun: Concluded): Promise<OperationResult | null> {
  if (!(await claim(scope, 'payment_operation', begun.operation.id, ['PENDING']))) return null;
  return { kind: 'concluded', ...(await concludeOperation(scope, begun, true)) };
}

import type { RefundExceedsCaptured, WholeRefusal } from '../operation/operation-request.ts';

/** A refusal as the error types that the results of all mutations have. */
export function refusalError(refusal: WholeRefusal) {
  const { message } = refusal;
  switch (refusal.kind) {
    case 'payment-not-found':
      return { __typename: 'PaymentNotFoundError', code: 'PAYMENT_NOT_FOUND', message } as const;
    case 'key-reused':
      return { __typename: 'IdempotencyKeyReusedError', code: 'IDEMPOTENCY_KEY_REUSED', message } as const;
    case 'wrong-state':
      return {
        __typename: 'PaymentStateError',
        code: 'PAYMENT_STATE',
        message,
        paymentState: refusal.state,
      } as const;
    case 'invalid-input':
      return {
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        message,
        field: `input.${refusal.field}`,
      } as const;
  }
}

/** The one that only a refund meets. */
export function exceedsCapturedError({ message, refundable }: RefundExceedsCaptured) {
  return {
    __typename: 'RefundExceedsCapturedError',
    code: 'REFUND_EXCEEDS_CAPTURED',
    message,
    refundable,
  } as const;
}

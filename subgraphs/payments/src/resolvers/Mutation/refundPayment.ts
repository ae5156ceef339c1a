import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { performOperation } from '../../operation/perform-operation.ts';
import { refundViewOf } from '../../operation/refund-queries.ts';
import { exceedsCapturedError, refusalError } from '../refusal-error.ts';

export const refundPayment: MutationResolvers['refundPayment'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const { amount, currency } = input.amount;
  const result = await performOperation(context, {
    kind: 'REFUND',
    paymentId: input.paymentId,
    idempotencyKey: input.idempotencyKey,
    amount,
    currency,
    reason: input.reason ?? null,
  });
  if (result.kind === 'refused') {
    const { refusal } = result;
    return refusal.kind === 'exceeds-captured' ? exceedsCapturedError(refusal) : refusalError(refusal);
  }
  const refund = refundViewOf(result.operation);
  if (refund.state === 'SUCCEEDED') return { __typename: 'Refund', ...refund };
  return {
    __typename: 'RefundFailedError',
    code: 'REFUND_FAILED',
    message: refund.failureMessage ?? '',
    providerCode: refund.failureCode ?? '',
    refund,
  };
};

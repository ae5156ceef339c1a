import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { performOperation } from '../../operation/perform-operation.ts';
import { viewOf } from '../../payment/payment-queries.ts';
import { refusalError } from '../refusal-error.ts';

export const voidPayment: MutationResolvers['voidPayment'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const result = await performOperation(context, { ...input, kind: 'VOID' });
  if (result.kind === 'refused') return refusalError(result.refusal);
  const { operation, payment } = result;
  if (operation.state === 'SUCCEEDED') return { __typename: 'Payment', ...viewOf(payment) };
  return {
    __typename: 'VoidFailedError',
    code: 'VOID_FAILED',
    message: operation.failureMessage ?? '',
    providerCode: operation.failureCode ?? '',
  };
};

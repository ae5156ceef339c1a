import type { RpcHandlers } from '@stoa/rpc';
import type { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';
import type { Context } from '../context.ts';
import { paymentMessage } from './payment-message.ts';
import { perform } from './perform.ts';
import { readAmount } from './read-amount.ts';

export const refund: RpcHandlers<typeof PaymentsService, Context>['refund'] = async (
  { paymentId, idempotencyKey, amount, reason },
  context,
) => {
  const { payment, operation } = await perform(context, {
    kind: 'REFUND',
    paymentId,
    idempotencyKey,
    amount: readAmount(amount),
    currency: null,
    reason: reason === '' ? null : reason,
  });
  return {
    payment: paymentMessage(payment, operation),
    refundId: operation.id,
    succeeded: operation.state === 'SUCCEEDED',
  };
};

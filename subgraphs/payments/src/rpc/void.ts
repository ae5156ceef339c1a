import type { RpcHandlers } from '@stoa/rpc';
import type { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';
import type { Context } from '../context.ts';
import { paymentMessage } from './payment-message.ts';
import { perform } from './perform.ts';

/** A payment that does not come back VOIDED was not let go of: its failure says why. */
export const voidPayment: RpcHandlers<typeof PaymentsService, Context>['void'] = async (
  { paymentId, idempotencyKey },
  context,
) => {
  const { payment, operation } = await perform(context, { kind: 'VOID', paymentId, idempotencyKey });
  return { payment: paymentMessage(payment, operation) };
};

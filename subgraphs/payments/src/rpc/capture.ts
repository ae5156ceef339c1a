import type { RpcHandlers } from '@stoa/rpc';
import type { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';
import type { Context } from '../context.ts';
import { paymentMessage } from './payment-message.ts';
import { perform } from './perform.ts';

/** A payment that comes back AUTHORIZED was not captured: its failure says why. */
export const capture: RpcHandlers<typeof PaymentsService, Context>['capture'] = async (
  { paymentId, idempotencyKey },
  context,
) => {
  const { payment, operation } = await perform(context, { kind: 'CAPTURE', paymentId, idempotencyKey });
  return { payment: paymentMessage(payment, operation) };
};

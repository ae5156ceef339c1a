import { isId } from '@stoa/clock';
import { Failure } from '@stoa/errors';
import type { RpcHandlers } from '@stoa/rpc';
import type { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';
import type { Context } from '../context.ts';
import { canSee } from '../payment/visibility.ts';
import { paymentMessage } from './payment-message.ts';

export const getPayment: RpcHandlers<typeof PaymentsService, Context>['getPayment'] = async (
  { paymentId },
  { call, loaders },
) => {
  const payment = isId(paymentId) ? await loaders.payment.load(paymentId) : null;
  // The same answer for a payment that is somebody else's, so that nobody learns that it exists.
  if (payment === null || !canSee(call.viewer, payment)) {
    throw new Failure('not-found', `There is no payment ${paymentId}`, { code: 'PAYMENT_NOT_FOUND' });
  }
  return { payment: paymentMessage(payment) };
};

import type { RpcHandlers } from '@stoa/rpc';
import type { PaymentsService } from '../__generated__/payments/v1/payments_pb.js';
import type { Context } from '../context.ts';
import { authorizePayment } from '../payment/authorize-payment.ts';
import { paymentMessage } from './payment-message.ts';
import { readAmount } from './read-amount.ts';

export const authorize: RpcHandlers<typeof PaymentsService, Context>['authorize'] = async (
  request,
  context,
) => {
  const payment = await authorizePayment(context, {
    idempotencyKey: request.idempotencyKey,
    paymentId: request.paymentId,
    orderId: request.orderId,
    ownerId: request.ownerId === '' ? null : request.ownerId,
    provider: request.provider,
    token: request.token,
    amount: readAmount(request.amount),
    currency: request.currency,
    capture: request.capture,
  });
  return { payment: paymentMessage(payment) };
};

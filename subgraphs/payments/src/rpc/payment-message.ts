import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type PaymentSchema,
  PaymentState as PaymentStateCode,
} from '../__generated__/payments/v1/payments_pb.js';
import type { PaymentOperation } from '../operation/payment-operation.entity.ts';
import type { Payment } from '../payment/payment.entity.ts';

type Told = Pick<
  Payment,
  | 'id'
  | 'orderId'
  | 'state'
  | 'amount'
  | 'captured'
  | 'refunded'
  | 'currency'
  | 'failureCode'
  | 'failureMessage'
  | 'actionUrl'
>;

/**
 * A payment as other services see it.
 * @param operation whose failure is told in place of the payment's own, when it has one
 */
export function paymentMessage(
  payment: Told,
  operation?: PaymentOperation,
): MessageInitShape<typeof PaymentSchema> {
  const failed = operation?.state === 'FAILED' ? operation : payment;
  return {
    id: payment.id,
    orderId: payment.orderId,
    state: PaymentStateCode[payment.state],
    amount: BigInt(payment.amount),
    captured: BigInt(payment.captured),
    refunded: BigInt(payment.refunded),
    currency: payment.currency,
    failureCode: failed.failureCode ?? '',
    failureMessage: failed.failureMessage ?? '',
    actionUrl: payment.actionUrl ?? '',
  };
}

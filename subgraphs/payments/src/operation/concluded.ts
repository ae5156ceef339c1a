import type { Payment } from '../payment/payment.entity.ts';
import type { PaymentOperation } from './payment-operation.entity.ts';

/** An operation that has ended, and its payment as it stands. */
export interface Concluded {
  readonly payment: Payment;
  readonly operation: PaymentOperation;
}

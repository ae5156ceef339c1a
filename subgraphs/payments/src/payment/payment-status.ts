import type { Payment } from './payment.entity.ts';
import { hasEnded, type PaymentState } from './payment-state.ts';

export type PaymentStatus =
  | 'NONE'
  | 'PENDING'
  | 'ACTION_REQUIRED'
  | 'AUTHORIZED'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'FAILED';

/** What is under way, the furthest first. */
const underWay: readonly (readonly [PaymentState, PaymentStatus])[] = [
  ['AUTHORIZED', 'AUTHORIZED'],
  ['REQUIRES_ACTION', 'ACTION_REQUIRED'],
  ['CREATED', 'PENDING'],
];

/** What an order's payments come to: money that the shop has counts first, then what is under way, then how it ended. */
export function paymentStatus(
  payments: readonly Pick<Payment, 'state' | 'captured' | 'refunded'>[],
): PaymentStatus {
  // What a provider took for a payment that had ended is on its way back and pays for nothing.
  const counting = payments.filter(({ state }) => !hasEnded(state));
  const captured = counting.reduce((sum, payment) => sum + payment.captured, 0);
  const refunded = counting.reduce((sum, payment) => sum + payment.refunded, 0);
  if (captured > refunded) return refunded === 0 ? 'PAID' : 'PARTIALLY_REFUNDED';
  for (const [state, status] of underWay) {
    if (payments.some((payment) => payment.state === state)) return status;
  }
  if (captured > 0) return 'REFUNDED';
  return payments.some(({ state }) => state === 'DECLINED' || state === 'FAILED') ? 'FAILED' : 'NONE';
}

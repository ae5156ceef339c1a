import type { PaymentsSettings } from '../config.ts';
import type { Payment } from '../payment/payment.entity.ts';
import { isOpen } from '../payment/payment-state.ts';

/** The code of a payment or an operation that ended because the provider did not answer and has nothing of it. */
export const noAnswer = 'timeout';

const longestPauseMs = 6 * 3_600_000;
/** How long a request that nobody answered is watched for, in case that it arrives after all. */
const watchedForMs = 24 * 3_600_000;

type Facts = Pick<Payment, 'state' | 'refundReserved' | 'failureCode' | 'createdAt'>;

/**
 * When the provider is to be asked about a payment without anybody's asking: soon for a new one, then after pauses that
 * grow with its age; null when no news can come. A payment without an outcome is asked about, a hold (it may be lost), a
 * refund on its way, and for a day a payment whose request was lost.
 */
export function nextCheck(
  payment: Facts,
  now: Date,
  { PAYMENT_RECONCILE_AFTER_SECONDS }: Pick<PaymentsSettings, 'PAYMENT_RECONCILE_AFTER_SECONDS'>,
): Date | null {
  const ageMs = now.getTime() - payment.createdAt.getTime();
  const isWatched = payment.state === 'FAILED' && payment.failureCode === noAnswer && ageMs < watchedForMs;
  if (
    !isOpen(payment.state) &&
    payment.state !== 'AUTHORIZED' &&
    payment.refundReserved === 0 &&
    !isWatched
  ) {
    return null;
  }
  return afterPause(now, ageMs, PAYMENT_RECONCILE_AFTER_SECONDS * 1000);
}

/** The next moment for something that has waited for `ageMs`. */
export function afterPause(now: Date, ageMs: number, shortestMs: number): Date {
  return new Date(now.getTime() + Math.max(shortestMs, Math.min(ageMs, longestPauseMs)));
}

import type { PaymentsSettings } from '../config.ts';
import type { Payment } from '../payment/payment.entity.ts';
import { hasEnded, isOpen } from '../payment/payment-state.ts';

/** The code of a payment or an operation that ended because the provider did not answer and has nothing of it. */
export const noAnswer = 'timeout';

const longestPauseMs = 6 * 3_600_000;
/** How long a request that nobody answered is watched for, in case that it arrives after all. */
const watchedForMs = 24 * 3_600_000;

type Facts = Pick<
  Payment,
  'state' | 'captured' | 'refunded' | 'refundReserved' | 'failureCode' | 'createdAt'
>;

/**
 * When the provider is to be asked about a payment without anybody's asking: soon for a new one, then after pauses that
 * grow with its age; null when no news can come.
 */
export function nextCheck(
  payment: Facts,
  now: Date,
  { PAYMENT_RECONCILE_AFTER_SECONDS }: Pick<PaymentsSettings, 'PAYMENT_RECONCILE_AFTER_SECONDS'>,
): Date | null {
  const ageMs = now.getTime() - payment.createdAt.getTime();
  return isUnsettled(payment, ageMs) ? afterPause(now, ageMs, PAYMENT_RECONCILE_AFTER_SECONDS * 1000) : null;
}

function isUnsettled(
  { state, captured, refunded, refundReserved, failureCode }: Facts,
  ageMs: number,
): boolean {
  // Without an outcome; on hold, which may be lost; a refund on its way.
  if (isOpen(state) || state === 'AUTHORIZED' || refundReserved > 0) return true;
  // Money of a payment that had ended, which is not back yet.
  if (hasEnded(state) && captured > refunded) return true;
  return state === 'FAILED' && failureCode === noAnswer && ageMs < watchedForMs;
}

/** The next moment for something that has waited for `ageMs`. */
export function afterPause(now: Date, ageMs: number, shortestMs: number): Date {
  return new Date(now.getTime() + Math.max(shortestMs, Math.min(ageMs, longestPauseMs)));
}

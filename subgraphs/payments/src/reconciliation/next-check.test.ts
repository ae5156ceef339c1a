import { describe, expect, it } from 'vitest';
import type { PaymentState } from '../payment/payment-state.ts';
import { nextCheck, noAnswer } from './next-check.ts';

const startedAt = new Date('2026-01-01T00:00:00.000Z');
const settings = { PAYMENT_RECONCILE_AFTER_SECONDS: 60 };
const minutes = (count: number) => new Date(startedAt.getTime() + count * 60_000);
const payment = (state: PaymentState, more: Partial<Parameters<typeof nextCheck>[0]> = {}) => ({
  state,
  captured: 0,
  refunded: 0,
  refundReserved: 0,
  failureCode: null,
  createdAt: startedAt,
  ...more,
});

describe('the next time that a provider is asked about a payment', () => {
  it.each([
    [0, 1],
    [0.5, 1.5],
    [1, 2],
    [10, 20],
    [360, 720],
    [10_000, 10_360],
  ])('comes after a pause as long as it has waited: at minute %f it is minute %f', (now, next) => {
    expect(nextCheck(payment('CREATED'), minutes(now), settings)).toEqual(minutes(next));
  });

  it.each<[string, ReturnType<typeof payment>, boolean]>([
    ['that has no outcome', payment('CREATED'), true],
    ['that the buyer has to confirm', payment('REQUIRES_ACTION'), true],
    ['that is on hold, which may be lost', payment('AUTHORIZED'), true],
    ['that is paid', payment('CAPTURED', { captured: 100 }), false],
    ['with a refund on its way', payment('CAPTURED', { captured: 100, refundReserved: 50 }), true],
    ['that was given back', payment('REFUNDED', { captured: 100, refunded: 100 }), false],
    ['that was declined', payment('DECLINED', { failureCode: 'card_declined' }), false],
    ['whose request was lost and may arrive', payment('FAILED', { failureCode: noAnswer }), true],
    ['whose hold was lost', payment('FAILED', { failureCode: 'authorization_expired' }), false],
    ['that had ended when its money came', payment('VOIDED', { captured: 100 }), true],
    ['whose late money is back', payment('VOIDED', { captured: 100, refunded: 100 }), false],
  ])('for one %s', (_, one, isAsked) => {
    expect(nextCheck(one, minutes(5), settings) !== null).toBe(isAsked);
  });

  it('does not come a day after a request was lost', () => {
    const lost = payment('FAILED', { failureCode: noAnswer });
    expect(nextCheck(lost, minutes(24 * 60 - 1), settings)).not.toBeNull();
    expect(nextCheck(lost, minutes(24 * 60), settings)).toBeNull();
  });
});

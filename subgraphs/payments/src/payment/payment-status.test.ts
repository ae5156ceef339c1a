import { expect, test } from 'vitest';
import type { PaymentState } from './payment-state.ts';
import { paymentStatus } from './payment-status.ts';

const of = (state: PaymentState, captured = 0, refunded = 0) => ({ state, captured, refunded });
const paid = of('CAPTURED', 100);
const refunded = of('REFUNDED', 100, 100);

test.each([
  ['NONE', 'nothing', []],
  ['NONE', 'a void', [of('VOIDED')]],
  ['PENDING', 'an answer that is awaited', [of('DECLINED'), of('CREATED')]],
  ['ACTION_REQUIRED', 'a buyer who has to confirm', [of('CREATED'), of('REQUIRES_ACTION')]],
  ['AUTHORIZED', 'a hold', [of('FAILED'), of('AUTHORIZED')]],
  ['PAID', 'a capture after a decline', [of('DECLINED'), paid]],
  ['PAID', 'a capture beside a hold', [of('AUTHORIZED'), paid]],
  ['PARTIALLY_REFUNDED', 'a part given back', [of('PARTIALLY_REFUNDED', 100, 40)]],
  ['PARTIALLY_REFUNDED', 'one of two given back', [refunded, paid]],
  ['REFUNDED', 'all given back', [of('DECLINED'), refunded]],
  ['AUTHORIZED', 'a hold after all was given back', [refunded, of('AUTHORIZED')]],
  ['FAILED', 'declines alone', [of('DECLINED'), of('VOIDED')]],
  ['FAILED', 'a failure', [of('FAILED')]],
  ['FAILED', 'money that came after the failure and is on its way back', [of('FAILED', 100)]],
  ['PAID', 'a capture beside money that came late', [of('FAILED', 100, 100), paid]],
])('the status is %s for %s', (status, _, payments) => {
  expect(paymentStatus(payments)).toBe(status);
});

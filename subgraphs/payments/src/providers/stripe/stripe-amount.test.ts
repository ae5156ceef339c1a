import { expect, it } from 'vitest';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';

it.each([
  ['EUR', 1_234, 1_234],
  ['JPY', 500, 500],
  ['KRW', 12_000, 12_000],
  ['ISK', 5, 500],
  ['UGX', 5, 500],
  ['MGA', 1_200, 12],
  ['KWD', 5_120, 5_120],
])('%s: %i in minor units is %i for Stripe, and back', (currency, amount, stripes) => {
  expect(toStripeAmount(amount, currency)).toBe(stripes);
  expect(fromStripeAmount(stripes, currency.toLowerCase())).toBe(amount);
});

it.each([
  ['KWD', 5_124],
  ['MGA', 1_210],
  ['ISK', Number.MAX_SAFE_INTEGER],
])('%s: %i cannot be moved', (currency, amount) => {
  expect(toStripeAmount(amount, currency)).toBeNull();
});

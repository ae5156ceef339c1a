import { expect, test } from 'vitest';
import { orderNumber } from './order-number.ts';

test.each([
  [1, '2026-01-01T00:00:00Z', 'S-2026-000001'],
  [999_999, '2026-12-31T23:59:59Z', 'S-2026-999999'],
  [1_000_000, '2027-01-01T00:00:00Z', 'S-2027-1000000'],
])('the number of the order %i placed at %s is %s', (sequence, at, expected) => {
  expect(orderNumber(sequence, new Date(at))).toBe(expected);
});

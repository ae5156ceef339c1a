import { expect, it, test } from 'vitest';
import { orderStates } from './order-state.ts';

test.each([
  ['PENDING_PAYMENT', 'PAID'],
  ['PENDING_PAYMENT', 'PAYMENT_FAILED'],
  ['PAYMENT_FAILED', 'PENDING_PAYMENT'],
  ['PAID', 'FULFILLED'],
  ['PARTIALLY_FULFILLED', 'CANCELLED'],
  ['FULFILLED', 'DELIVERED'],
  ['DELIVERED', 'RETURNED'],
] as const)('an order may go from %s to %s', (from, to) => {
  expect(() => orderStates.assertMove(from, to)).not.toThrow();
});

test.each([
  ['PAYMENT_FAILED', 'PAID'],
  ['PAID', 'PENDING_PAYMENT'],
  ['PAID', 'PAYMENT_FAILED'],
  ['FULFILLED', 'CANCELLED'],
  ['CANCELLED', 'PENDING_PAYMENT'],
  ['RETURNED', 'PAID'],
] as const)('an order may not go from %s to %s', (from, to) => {
  expect(() => orderStates.assertMove(from, to)).toThrow(`Order cannot go from ${from} to ${to}`);
});

it('ends cancelled or returned', () => {
  expect(orderStates.states.filter((state) => orderStates.isFinal(state))).toEqual(['RETURNED', 'CANCELLED']);
});

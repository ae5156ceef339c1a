import { expect, it } from 'vitest';
import { progressLine } from './progress.ts';

it('says how far it is, how fast it goes and how long it will take', () => {
  const standing = { total: 100_000, done: 1_000, now: 12_300, seconds: 100 };
  expect(progressLine('products', standing)).toBe(
    'products: 12,300 of 100,000, 12.3 %, 113.0 a second, 12 min 56 s left',
  );
});

it('does not know the time left before anything is done', () => {
  const standing = { total: 10, done: 0, now: 0, seconds: 0 };
  expect(progressLine('orders', standing)).toBe('orders: 0 of 10, 0.0 %, 0.0 a second, time left unknown');
});

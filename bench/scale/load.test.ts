import { expect, it } from 'vitest';
import { ratesOf } from './load.ts';

it('gives the rate of each part of a load, where that part ended', () => {
  const points = [
    [1_100, 1],
    [1_200, 2],
    [1_300, 4],
  ] as const;
  expect(ratesOf({ points: [...points] })).toEqual([
    [1_100, 100],
    [1_200, 100],
    [1_300, 50],
  ]);
});

it('shows a long load in about forty parts', () => {
  const points = Array.from({ length: 800 }, (_, index) => [1_100 + index * 100, index + 1] as const);
  const rates = ratesOf({ points });
  expect(rates).toHaveLength(40);
  expect(rates.every(([, perSecond]) => perSecond === 100)).toBe(true);
});

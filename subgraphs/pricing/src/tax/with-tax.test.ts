import { describe, expect, it } from 'vitest';
import { withTax } from './with-tax.ts';

describe('an amount with its tax', () => {
  it.each([
    // amount, rate, tax included → net, tax, gross
    [1190, 1900, true, 1000, 190, 1190],
    [1999, 1900, true, 1680, 319, 1999],
    [100, 700, true, 93, 7, 100],
    [1, 1900, true, 1, 0, 1],
    [3, 10_000, true, 1, 2, 3],
    [500, 0, true, 500, 0, 500],
    [0, 1900, true, 0, 0, 0],
    [1000, 1900, false, 1000, 190, 1190],
    [1999, 1900, false, 1999, 380, 2379],
    [50, 550, false, 50, 3, 53],
    [10, 500, false, 10, 1, 11],
    [9, 500, false, 9, 0, 9],
    [10 ** 12, 10_000, false, 10 ** 12, 10 ** 12, 2 * 10 ** 12],
  ])(
    'of %i at %i basis points, tax included: %s, is %i + %i = %i',
    (amount, rate, included, net, tax, gross) => {
      expect(withTax(amount, rate, included)).toEqual({ net, tax, gross });
    },
  );

  it('keeps the gross of a list with tax included, whatever the rate', () => {
    for (let rate = 0; rate <= 10_000; rate += 37) {
      const { net, tax, gross } = withTax(1999, rate, true);
      expect([gross, net + tax]).toEqual([1999, 1999]);
    }
  });
});

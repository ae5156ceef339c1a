import { describe, expect, it } from 'vitest';
import { applyPromotions, type PromotionTerms } from './apply-promotions.ts';

const percentage = (basisPoints: number, terms: Partial<PromotionTerms> = {}): PromotionTerms => ({
  id: `${basisPoints} basis points`,
  name: 'A part',
  kind: 'PERCENTAGE',
  basisPoints,
  amount: null,
  minimumSubtotal: null,
  currency: null,
  couponCode: null,
  ...terms,
});
const amountOff = (amount: number, terms: Partial<PromotionTerms> = {}): PromotionTerms => ({
  ...percentage(0, terms),
  id: `${amount} off`,
  kind: 'AMOUNT',
  basisPoints: null,
  amount,
  currency: 'EUR',
  ...terms,
});
const minimum = (minimumSubtotal: number) => ({ minimumSubtotal, currency: 'EUR' });

describe('promotions', () => {
  it.each<[string, number[], PromotionTerms[], number[], number[]]>([
    ['leave the lines as they are when there are none', [1000, 500], [], [1000, 500], []],
    ['take a percentage off all lines', [1000, 500], [percentage(1000)], [900, 450], [150]],
    ['round a percentage half up, on the order', [5, 5, 5], [percentage(1000)], [4, 4, 5], [2]],
    ['spread an amount in proportion', [3000, 1000], [amountOff(400)], [2700, 900], [400]],
    [
      'give a rest that cannot be split to the earlier line',
      [100, 100, 100],
      [amountOff(100)],
      [66, 67, 67],
      [100],
    ],
    ['take percentages off first', [1000], [amountOff(100), percentage(5000)], [400], [500, 100]],
    ['take each from what is left', [1000], [percentage(1000), percentage(1000)], [810], [100, 90]],
    ['stop at nothing', [300, 100], [amountOff(1000), amountOff(50)], [0, 0], [400]],
    ['take everything at 100 %', [300, 1], [percentage(10_000), amountOff(5)], [0, 0], [301]],
    ['take nothing off a line that costs nothing', [0, 1000], [amountOff(3)], [0, 997], [3]],
    ['do not show what rounds to nothing', [4], [percentage(1000)], [4], []],
    ['do not apply below their minimum', [999], [percentage(1000, minimum(1000))], [999], []],
    ['apply from their minimum on', [600, 400], [percentage(1000, minimum(1000))], [540, 360], [100]],
    [
      'compare the minimum with the subtotal before discounts',
      [1000],
      [percentage(5000), amountOff(100, minimum(1000))],
      [400],
      [500, 100],
    ],
    ['leave orders in another currency alone', [1000], [amountOff(100, { currency: 'USD' })], [1000], []],
    [
      'leave orders in another currency than their minimum alone',
      [1000],
      [percentage(1000, { minimumSubtotal: 1, currency: 'USD' })],
      [1000],
      [],
    ],
    ['find nothing in an order without lines', [], [percentage(1000), amountOff(5)], [], []],
  ])('%s', (_, amounts, promotions, remaining, discounts) => {
    const result = applyPromotions(amounts, promotions, 'EUR');
    expect(result.remaining).toEqual(remaining);
    expect(result.discounts.map(({ amount }) => amount)).toEqual(discounts);
  });

  it('are told in the order in which they were applied', () => {
    const { discounts } = applyPromotions([1000], [amountOff(1), percentage(1000), percentage(500)], 'EUR');
    expect(discounts.map(({ promotion }) => promotion.id)).toEqual([
      '1000 basis points',
      '500 basis points',
      '1 off',
    ]);
  });
});

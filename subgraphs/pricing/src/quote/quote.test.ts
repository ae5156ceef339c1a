import { describe, expect, it } from 'vitest';
import type { PromotionTerms } from '../promotion/apply-promotions.ts';
import { type Order, type Quote, quote } from './quote.ts';

/** Rates by category, in basis points; the category of a line is its rate. */
const taxes = {
  standardCategoryId: '1900',
  rates: new Map([0, 500, 700, 1900, 2000, 10_000].map((rate) => [String(rate), rate])),
};

const line = (amount: number, quantity: number, rate: number | null = null) => ({
  price: {
    variantId: `${amount} at ${rate}`,
    currency: 'EUR',
    amount,
    isTaxIncluded: true,
    country: 'DE',
    taxCategoryId: rate === null ? null : String(rate),
  },
  quantity,
});

function order({
  isTaxIncluded = true,
  lines = [],
  promotions = [],
  couponCodes = [],
}: Partial<Order>): Order {
  return {
    lines: lines.map(({ price, quantity }) => ({ price: { ...price, isTaxIncluded }, quantity })),
    currency: 'EUR',
    isTaxIncluded,
    taxes,
    promotions,
    couponCodes,
  };
}

const tenPercent: PromotionTerms = {
  id: 'p-1',
  name: '10 % off',
  kind: 'PERCENTAGE',
  basisPoints: 1000,
  amount: null,
  minimumSubtotal: null,
  currency: null,
  couponCode: 'WELCOME10',
};
const fiveOff: PromotionTerms = {
  ...tenPercent,
  id: 'p-2',
  name: '5 off',
  kind: 'AMOUNT',
  basisPoints: null,
  amount: 500,
  currency: 'EUR',
  couponCode: null,
};

describe('a quote', () => {
  it.each([
    // Three units whose taxes would round to 16 each: the line's tax is rounded once, to 48 or 47.
    ['gross', true, 99, 3, 1900, [250, 47, 297]],
    ['net', false, 83, 3, 1900, [249, 47, 296]],
    ['gross', true, 10, 10, 500, [95, 5, 100]],
    ['net', false, 10, 11, 500, [110, 6, 116]],
    ['gross', true, 1999, 1, 0, [1999, 0, 1999]],
    ['net', false, 1999, 7, 700, [13_993, 980, 14_973]],
  ])(
    'of a %s list rounds the tax once per line (tax included: %s): %i × %i at %i',
    (_, isTaxIncluded, amount, quantity, rate, total) => {
      const { lines } = quote(order({ isTaxIncluded, lines: [line(amount, quantity, rate)] }));
      const [net, tax, gross] = total;
      expect(lines[0]?.total).toEqual({ net, tax, gross });
      expect(lines[0]?.subtotal).toEqual({ net, tax, gross });
    },
  );

  it('tells the tax of what is left after the discount', () => {
    const { lines, discounts, subtotal, total } = quote(
      order({ lines: [line(1000, 2, 1900), line(500, 1, 700)], promotions: [tenPercent, fiveOff] }),
    );
    expect(discounts.map(({ promotion, amount }) => [promotion.id, amount])).toEqual([
      ['p-1', 250],
      ['p-2', 500],
    ]);
    expect(subtotal).toEqual({ net: 2148, tax: 352, gross: 2500 });
    expect(lines.map((quoted) => quoted.total)).toEqual([
      { net: 1176, tax: 224, gross: 1400 },
      { net: 327, tax: 23, gross: 350 },
    ]);
    expect(total).toEqual({ net: 1503, tax: 247, gross: 1750 });
  });

  it('takes discounts off the net of a net list', () => {
    const { lines, total } = quote(
      order({ isTaxIncluded: false, lines: [line(1000, 1, 1900)], promotions: [tenPercent] }),
    );
    expect(lines[0]?.subtotal).toEqual({ net: 1000, tax: 190, gross: 1190 });
    expect(total).toEqual({ net: 900, tax: 171, gross: 1071 });
  });

  it('gives each line its unit price and rate, the standard one where none was given', () => {
    const { lines } = quote(order({ lines: [line(1190, 5), line(107, 1, 700)] }));
    expect(lines.map(({ unit, rateBasisPoints, quantity }) => [unit.net, rateBasisPoints, quantity])).toEqual(
      [
        [1000, 1900, 5],
        [100, 700, 1],
      ],
    );
  });

  it('rejects coupons that took nothing off, as they were typed', () => {
    const given = ['welcome10', 'NOPE', 'nope', 'NOPE'];
    const quoted = quote(order({ lines: [line(1000, 1)], promotions: [tenPercent], couponCodes: given }));
    expect(quoted.rejectedCouponCodes).toEqual(['NOPE', 'nope']);
    const empty = quote(order({ promotions: [tenPercent], couponCodes: ['welcome10'] }));
    expect(empty.rejectedCouponCodes).toEqual(['welcome10']);
  });

  it('of no lines is nothing', () => {
    const nothing = { net: 0, tax: 0, gross: 0 };
    expect(quote(order({ promotions: [fiveOff] }))).toMatchObject({
      lines: [],
      discounts: [],
      subtotal: nothing,
      total: nothing,
    });
  });

  it('refuses an order worth more than an integer holds', () => {
    expect(() => quote(order({ lines: [line(10 ** 12, 2 ** 31 - 1)] }))).toThrow(
      'Expected an order of at most',
    );
    expect(() => quote(order({ lines: [line(10 ** 12, 9007)] }))).not.toThrow();
  });

  it('adds up to the cent, whatever the order', () => {
    const random = seededRandom(20_261_124);
    const upTo = (limit: number) => Math.floor(random() * (limit + 1));
    const rates = [0, 500, 700, 1900, 2000, 10_000];
    for (let round = 0; round < 2_000; round += 1) {
      const lines = Array.from({ length: 1 + upTo(7) }, () =>
        line(upTo(upTo(1) === 0 ? 20 : 500_000), 1 + upTo(9), rates[upTo(5)]),
      );
      const promotions = Array.from({ length: upTo(4) }, () =>
        upTo(1) === 0
          ? { ...tenPercent, basisPoints: 1 + upTo(9_999) }
          : { ...fiveOff, amount: 1 + upTo(100_000) },
      );
      const isTaxIncluded = upTo(1) === 0;
      const quoted = quote(order({ isTaxIncluded, lines, promotions }));

      const terms = isTaxIncluded ? 'gross' : 'net';
      expect({ round, problems: problemsOf(quoted, terms) }).toEqual({ round, problems: [] });
    }
  });
});

/** What does not agree in a quote whose list is gross or net. */
function problemsOf({ lines, discounts, subtotal, total }: Quote, terms: 'gross' | 'net'): string[] {
  const parts = ['net', 'tax', 'gross'] as const;
  const discount = sum(discounts.map(({ amount }) => amount));
  const amounts = [subtotal, total, ...lines.flatMap((line) => [line.unit, line.subtotal, line.total])];
  const rules: Record<string, boolean> = {
    'gross is net plus tax': amounts.every(({ net, tax, gross }) => gross === net + tax),
    'nothing is below zero': amounts.every(({ net, tax, gross }) => Math.min(net, tax, gross) >= 0),
    'the total is the sum of the lines': parts.every(
      (part) => total[part] === sum(lines.map((line) => line.total[part])),
    ),
    'the subtotal is the sum of the lines': parts.every(
      (part) => subtotal[part] === sum(lines.map((line) => line.subtotal[part])),
    ),
    'the discounts are what was taken off': total[terms] === subtotal[terms] - discount,
    'a line is its unit times its quantity': lines.every(
      (line) => line.subtotal[terms] === line.unit[terms] * line.quantity,
    ),
    'no line is dearer for its discount': lines.every((line) => line.total[terms] <= line.subtotal[terms]),
  };
  return Object.keys(rules).filter((rule) => rules[rule] === false);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

/** Numbers from 0 to 1 that are the same at each run (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

import { allocate, scaleHalfUp } from '@stoa/money';
import type { PromotionRecord } from './promotion.ts';

/** What a promotion says of the money that it takes off. */
export type PromotionTerms = Pick<
  PromotionRecord,
  'id' | 'name' | 'kind' | 'basisPoints' | 'amount' | 'minimumSubtotal' | 'currency' | 'couponCode'
>;

/** What one promotion took off. */
export interface AppliedDiscount {
  readonly promotion: PromotionTerms;
  /** Minor units, above 0. */
  readonly amount: number;
}

export interface DiscountedLines {
  /** What remains of each line, in the lines' order; never below 0. */
  readonly remaining: readonly number[];
  /** In the order in which they were applied. */
  readonly discounts: readonly AppliedDiscount[];
}

/**
 * Takes promotions off the lines of an order. Percentages come first, then amounts, each in the order
 * given; each takes from what the ones before it left, and is spread over the lines in proportion to
 * what is left of them. A promotion with an amount or a minimum applies to orders in its currency
 * alone; the minimum is compared with the subtotal before any discount.
 * @param amounts of the lines, in minor units of `currency`; gross or net as the price list is
 */
export function applyPromotions(
  amounts: readonly number[],
  promotions: readonly PromotionTerms[],
  currency: string,
): DiscountedLines {
  const subtotal = sum(amounts);
  const applicable = promotions.filter(
    (promotion) =>
      (promotion.currency === null || promotion.currency === currency) &&
      subtotal >= (promotion.minimumSubtotal ?? 0),
  );
  const ordered = [
    ...applicable.filter(({ kind }) => kind === 'PERCENTAGE'),
    ...applicable.filter(({ kind }) => kind === 'AMOUNT'),
  ];

  let remaining = [...amounts];
  const discounts: AppliedDiscount[] = [];
  for (const promotion of ordered) {
    const amount = amountOff(promotion, sum(remaining));
    if (amount > 0) {
      const shares = allocate(amount, remaining);
      remaining = remaining.map((left, index) => left - (shares[index] ?? 0));
      discounts.push({ promotion, amount });
    }
  }
  return { remaining, discounts };
}

function amountOff({ kind, basisPoints, amount }: PromotionTerms, left: number): number {
  return kind === 'PERCENTAGE' ? scaleHalfUp(left, basisPoints ?? 0, 10_000) : Math.min(amount ?? 0, left);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

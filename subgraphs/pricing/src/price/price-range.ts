import type { TaxedMoney } from '@stoa/money';

export interface PriceRange {
  readonly min: TaxedMoney;
  readonly max: TaxedMoney;
}

/** The least and the greatest of prices in one currency, compared by gross; null when there are none. */
export function priceRange(prices: readonly TaxedMoney[]): PriceRange | null {
  const [first, ...others] = prices;
  if (first === undefined) return null;
  let range: PriceRange = { min: first, max: first };
  for (const price of others) {
    if (price.gross.amount < range.min.gross.amount) range = { ...range, min: price };
    if (price.gross.amount > range.max.gross.amount) range = { ...range, max: price };
  }
  return range;
}

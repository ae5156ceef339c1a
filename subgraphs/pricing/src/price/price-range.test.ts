import { describe, expect, it } from 'vitest';
import { priceRange } from './price-range.ts';

const price = (net: number, gross: number) => ({
  net: { amount: net, currency: 'EUR' },
  tax: { amount: gross - net, currency: 'EUR' },
  gross: { amount: gross, currency: 'EUR' },
});

describe('a price range', () => {
  it('is null without prices', () => {
    expect(priceRange([])).toBeNull();
  });

  it('is one price twice where there is one', () => {
    expect(priceRange([price(1, 2)])).toEqual({ min: price(1, 2), max: price(1, 2) });
  });

  it('goes by what the buyer pays', () => {
    const prices = [price(100, 119), price(105, 112), price(90, 130)];
    expect(priceRange(prices)).toEqual({ min: price(105, 112), max: price(90, 130) });
  });
});

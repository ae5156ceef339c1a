import type { DemoCurrency } from './price-lists.ts';

// Fixed, so that a price in one currency tells the others; not rates of any day.
const UNITS_PER_EURO: Readonly<Record<DemoCurrency, number>> = { EUR: 1, GBP: 0.86, USD: 1.1 };

const ENDINGS = [0, 50, 90, 95, 100];

const CHEAPEST = 200;

/**
 * States a price of about `euroCents` in each currency, in minor units.
 * Each ends in .00, .50, .90 or .95 and is at least 2.00; GBP and USD follow from the EUR price by a fixed ratio.
 */
export function pricesInAllCurrencies(euroCents: number): Readonly<Record<DemoCurrency, number>> {
  const EUR = shopPrice(euroCents);
  return {
    EUR,
    GBP: shopPrice(EUR * UNITS_PER_EURO.GBP),
    USD: shopPrice(EUR * UNITS_PER_EURO.USD),
  };
}

/** The nearest amount with a shop's ending; of two as near, the lower. */
function shopPrice(minorUnits: number): number {
  const whole = Math.floor(minorUnits / 100) * 100;
  let nearest = whole;
  for (const ending of ENDINGS) {
    if (Math.abs(whole + ending - minorUnits) < Math.abs(nearest - minorUnits)) nearest = whole + ending;
  }
  return Math.max(nearest, CHEAPEST);
}

import { describe, expect, it } from 'vitest';
import {
  type DemoCurrency,
  demoCollections,
  demoPriceLists,
  demoProducts,
  demoTaxCategories,
} from './index.ts';

const variants = demoProducts().flatMap((product) => product.variants);
const currencies: readonly DemoCurrency[] = ['EUR', 'GBP', 'USD'];

function eurosByCollection(slug: string): number[] {
  const collection = demoCollections().find((candidate) => candidate.slug === slug);
  return demoProducts()
    .filter(({ collectionIds }) => collection && collectionIds.includes(collection.id))
    .flatMap((product) => product.variants.map((variant) => variant.price.EUR));
}

describe.each(currencies)('the prices in %s', (currency) => {
  it('are whole minor units of at least 2.00', () => {
    const wrong = variants.filter(({ price }) => !Number.isInteger(price[currency]) || price[currency] < 200);
    expect(wrong).toEqual([]);
  });

  it('end in .00, .50, .90 or .95', () => {
    expect(variants.filter(({ price }) => ![0, 50, 90, 95].includes(price[currency] % 100))).toEqual([]);
  });
});

it.each([
  ['GBP', 0.86],
  ['USD', 1.1],
] as const)('keeps %s at %d of the EUR price, up to a shop ending', (currency, ratio) => {
  const wrong = variants.filter(({ price }) => Math.abs(price[currency] - price.EUR * ratio) > 25);
  expect(wrong).toEqual([]);
});

it.each([
  ['mugs-and-cups', 700, 3500],
  ['shirts', 4500, 12000],
  ['jackets', 12000, 35000],
  ['rugs', 4000, 80000],
])('asks a sensible price for %s: %d to %d cents', (slug, lowest, highest) => {
  const prices = eurosByCollection(slug);
  expect(Math.min(...prices)).toBeGreaterThanOrEqual(lowest);
  expect(Math.max(...prices)).toBeLessThanOrEqual(highest);
  expect(new Set(prices).size).toBeGreaterThan(20);
});

it('sells gift cards for the same five amounts, whatever they are made of', () => {
  expect(new Set(eurosByCollection('gift-cards'))).toEqual(new Set([1000, 2500, 5000, 10000, 20000]));
});

it('asks for a larger size at least what it asks for a smaller one', () => {
  const wrong = demoProducts().filter(({ options, variants }) => {
    const [first] = options;
    if (first?.code === 'colour') return false;
    const prices = variants.map((variant) => variant.price.EUR);
    return prices.some((price, index) => index > 0 && price < (prices[index - 1] ?? 0));
  });
  expect(wrong).toEqual([]);
});

it('has a price list for each currency, with tax inside EUR and GBP but not USD', () => {
  const terms = demoPriceLists().map((list) => [list.currency, list.country, list.isTaxIncluded]);
  expect(terms).toEqual([
    ['EUR', 'DE', true],
    ['GBP', 'GB', true],
    ['USD', 'US', false],
  ]);
});

it('taxes most variants at the standard rate, some at each other rate', () => {
  const counts = demoTaxCategories().map(
    ({ code }) => variants.filter((variant) => variant.taxCategory === code).length,
  );
  expect(counts).toEqual([4380, 310, 310]);
});

it.each([
  ['standard', { DE: 1900, FR: 2000, GB: 2000, US: 0 }],
  ['reduced', { DE: 700, FR: 550, GB: 500, US: 0 }],
  ['zero', { DE: 0, FR: 0, GB: 0, US: 0 }],
])('knows the %s rate in basis points', (code, rates) => {
  const category = demoTaxCategories().find((candidate) => candidate.code === code);
  expect(category?.ratesBasisPoints).toMatchObject(rates);
});

it('knows every rate in the country of every price list', () => {
  const missing = demoPriceLists().filter(({ country }) =>
    demoTaxCategories().some(({ ratesBasisPoints }) => !Number.isInteger(ratesBasisPoints[country])),
  );
  expect(missing).toEqual([]);
});

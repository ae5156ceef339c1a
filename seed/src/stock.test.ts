import { expect, it } from 'vitest';
import { demoLocations, demoProducts } from './index.ts';

const variants = demoProducts().flatMap((product) => product.variants);
const totals = variants.map(({ stock }) => Object.values(stock).reduce((sum, units) => sum + units, 0));

it('is kept in two locations, each named in the stock of every variant', () => {
  const codes = demoLocations().map((location) => location.code);
  expect(codes).toHaveLength(2);
  const wrong = variants.filter(({ stock }) => Object.keys(stock).sort().join() !== [...codes].sort().join());
  expect(wrong).toEqual([]);
});

it('is 20 to 200 units a location for nearly all variants, and never anything but 0 or 1 otherwise', () => {
  const plenty = variants.filter(({ stock }) =>
    Object.values(stock).every((units) => units >= 20 && units <= 200),
  );
  expect(plenty.length).toBeGreaterThan(variants.length * 0.9);
  const units = variants.flatMap(({ stock }) => Object.values(stock));
  expect(units.filter((count) => !Number.isInteger(count) || count < 0 || count > 200)).toEqual([]);
  expect(units.filter((count) => count > 1 && count < 20)).toEqual([]);
});

it('leaves a few variants sold out and a few with a single unit', () => {
  for (const few of [0, 1]) {
    const count = totals.filter((total) => total === few).length;
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(100);
  }
});

it('has every product of the first and the last page ready to buy', () => {
  const pages = [...demoProducts().slice(0, 24), ...demoProducts().slice(-24)];
  const scarce = pages.filter(({ variants }) =>
    variants.some(({ stock }) => stock.berlin + stock.leeds < 20),
  );
  expect(scarce).toEqual([]);
});

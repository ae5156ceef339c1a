import { demoProducts } from '@stoa/seed';
import { expect, it } from 'vitest';
import { productToLoad, slugOfNumber } from './product-inputs.ts';

it('has a slug and stock-keeping units of its own for every product', () => {
  const products = Array.from({ length: 3_000 }, (_, index) => productToLoad(1_001 + index));
  const slugs = [...demoProducts(), ...products.map(({ input }) => input)].map(({ slug }) => slug);
  expect(new Set(slugs).size).toBe(4_000);
  const skus = [...demoProducts(), ...products].flatMap(({ variants }) => variants.map(({ sku }) => sku));
  expect(new Set(skus).size).toBe(20_000);
  expect(Math.max(...skus.map(({ length }) => length))).toBeLessThanOrEqual(64);
});

it('numbers those of the demo shop first', () => {
  expect(slugOfNumber(1)).toBe(demoProducts()[0]?.slug);
  expect(slugOfNumber(1_001)).toBe(productToLoad(1_001).input.slug);
});

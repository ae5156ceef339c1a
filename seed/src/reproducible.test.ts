import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import * as seed from './index.ts';

function wholeShop(from: typeof seed): string {
  return JSON.stringify([
    from.demoLocations(),
    from.demoTaxCategories(),
    from.demoPriceLists(),
    from.demoAccounts(),
    from.demoFacets(),
    from.demoCollections(),
    from.demoProducts(),
  ]);
}

// Clients, screenshots and benchmarks refer to these ids and skus: a change here is a change for them.
it('gives the same shop on every machine', () => {
  const digest = createHash('sha256').update(wholeShop(seed)).digest('hex');
  expect(digest).toBe('d75815e0af5c2d25d07127d5b512994112504202d3e7b6ebea615fca9ad8193e');
});

it('gives the same shop when it is loaded afresh', async () => {
  vi.resetModules();
  const reloaded = await import('./index.ts');
  expect(reloaded.demoProducts()).not.toBe(seed.demoProducts());
  expect(wholeShop(reloaded) === wholeShop(seed)).toBe(true);
});

it('makes the products once and hands out the same ones', () => {
  expect(seed.demoProducts()).toBe(seed.demoProducts());
});

import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wishes } from '../bench/shop/checkout.ts';
import { listPages } from '../bench/shop/list-page.ts';
import { productPage } from '../bench/shop/product-page.ts';
import type { Page } from '../bench/shop/question.ts';
import { ourShopper } from '../bench/shop/shopper.ts';
import { type CountedShop, countedShop } from './counted-shop.ts';

// The very requests of bench/shop, so that what is counted is what is measured there.
describe.each(databaseEngines)('what the shop costs on $engine', ({ engine, freshUrl }) => {
  let shop: CountedShop;
  beforeAll(async () => {
    shop = await countedShop(engine === 'postgresql' ? { DATABASE_URL: freshUrl() } : {});
  }, 120_000);
  afterAll(() => shop?.close());

  const ask = async (body: string) => {
    const { query, variables } = JSON.parse(body);
    const { data, errors } = await shop.send(query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  /** What some of the pages of a kind cost: each costs the same. */
  const countsOf = async ({ ours }: Page) => {
    const bodies = await ours.bodies(shop.send);
    const counts = [];
    for (const body of [bodies[0], bodies[7], bodies.at(-1)])
      counts.push(await shop.countsOf(async () => ours.normalised(await ask(body ?? ''))));
    return counts;
  };

  it('for a product page', async () => {
    expect(await countsOf(productPage)).toEqual(
      Array(3).fill({
        requests: { catalog: 1, pricing: 1, inventory: 1 },
        statements: { catalog: 5, pricing: 2, inventory: 1 },
      }),
    );
  });

  it.each(listPages.map((page) => [page.title, page] as const))('for a %s', async (_, page) => {
    expect(await countsOf(page)).toEqual(
      Array(3).fill({
        requests: { catalog: 1, pricing: 1, inventory: 1 },
        statements: { catalog: 2, pricing: 2, inventory: 1 },
      }),
    );
  });

  it('for a checkout, from an empty cart to a paid order', async () => {
    const shopper = ourShopper(shop.url);
    const counts = [];
    for (const sku of wishes().slice(0, 3))
      counts.push(
        await shop.countsOf(async () => {
          expect(await shopper.buy(sku, `${sku}@buyer.example`)).toEqual(shopper.expected(sku));
        }),
      );
    expect(counts).toEqual(
      Array(3).fill({
        requests: { orders: 4 },
        statements: { orders: 22, catalog: 2, pricing: 3, inventory: 12, payments: 6 },
      }),
    );
  });
});

import { databaseEngines, fullScansOf } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wishes } from '../bench/shop/checkout.ts';
import { ourShopper } from '../bench/shop/shopper.ts';
import { type CountedShop, countedShop } from './counted-shop.ts';

/** Tables of what a shop has few of. */
const small = ['tax_category', 'tax_rate', 'promotion', 'stock_location'];

// The tests of a subgraph ask it what they think of; here it is asked what the others ask, and told what they tell.
describe.each(databaseEngines)('a shop in which much was bought, on $engine', ({ engine, freshUrl }) => {
  let shop: CountedShop;
  beforeAll(async () => {
    shop = await countedShop(engine === 'postgresql' ? { DATABASE_URL: freshUrl() } : {});
  }, 120_000);
  afterAll(() => shop?.close());

  const work = (name: string, worker: string) => {
    const subgraph = shop.subgraphs.find((one) => one.name === name);
    if (subgraph === undefined) throw new Error(`Expected a subgraph ${name}`);
    return subgraph.work(worker);
  };
  /** Buys, and does what is done in the background then. */
  const buy = async (sku: string) => {
    await ourShopper(shop.url).buy(sku, `${sku}@buyer.example`);
    for (const name of ['orders', 'payments', 'inventory']) await work(name, 'relay-events');
    for (const consumer of ['go-on-after-payment-captured', 'confirm-by-mail'])
      await work('orders', `handle-${consumer}`);
    await work('orders', 'resume-checkouts');
    await work('inventory', 'expire-reservations');
    await work('payments', 'reconcile');
  };

  it('reads no table as a whole for an order and what follows from it', async () => {
    const [last = '', ...others] = wishes().slice(0, 26);
    for (const sku of others) await buy(sku);
    const scans: Record<string, readonly string[]> = {};
    // A guest's order asks nothing of accounts.
    const buyWatched = shop.subgraphs
      .filter(({ name }) => name !== 'accounts')
      .reduce(
        (inner, { name, database }) =>
          async () => {
            scans[name] = await fullScansOf(database, small, inner);
          },
        () => buy(last),
      );
    await buyWatched();
    expect(scans).toEqual({ catalog: [], pricing: [], inventory: [], orders: [], payments: [] });
  }, 60_000);
});

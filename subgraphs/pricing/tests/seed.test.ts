import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoPriceLists, demoProducts, demoTaxCategories } from '@stoa/seed';
import { databaseEngines, staff, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pricing } from '../src/subgraph.ts';
import { buyerIn, openPricingShop, type PricingShop } from './pricing-shop.ts';

describe.each(databaseEngines)('the demo shop on $engine', (engine) => {
  let shop: PricingShop;
  beforeAll(async () => {
    shop = await openPricingShop(engine, true);
  });
  afterAll(() => shop.stop());

  it('has a price for every variant in three currencies, and taxes', async () => {
    const counts = ['price_list', 'price', 'tax_category', 'promotion'].map((table) => shop.countOf(table));
    expect(await Promise.all(counts)).toEqual([3, 15_000, 3, 2]);
    const { data } = await shop.subgraph.query(
      '{ priceLists { id code currency taxIncluded country } taxCategories { id code rates { country } } }',
      {},
      staff(),
    );
    expect(data.priceLists).toEqual(
      demoPriceLists().map(({ id, code, currency, isTaxIncluded, country }) => ({
        id,
        code,
        currency,
        taxIncluded: isTaxIncluded,
        country,
      })),
    );
    const ids = new Map(demoTaxCategories().map(({ code, id }) => [code, id]));
    expect(data.taxCategories).toMatchObject(
      (['reduced', 'standard', 'zero'] as const).map((code) => ({ id: ids.get(code), code })),
    );
  });

  it.each(['EUR', 'GBP'] as const)('shows prices in %s with tax inside', async (currency) => {
    const [product] = demoProducts();
    const [variant] = product?.variants ?? [];
    const { data } = await shop.subgraph.entities(
      [{ __typename: 'ProductVariant', id: variant?.id }],
      '... on ProductVariant { price { gross { amount currency } tax { amount } } }',
      buyerIn(currency),
    );
    expect(data[0].price.gross).toEqual({ amount: variant?.price[currency], currency });
  });

  it('taxes each variant by its category', async () => {
    const variants = demoProducts().flatMap((product) => product.variants);
    const some = (['standard', 'reduced', 'zero'] as const).map((category) =>
      variants.find(({ taxCategory }) => taxCategory === category),
    );
    const { lines } = await shop.rpc.quote({
      currency: 'USD',
      country: 'DE',
      lines: some.map((variant) => ({ variantId: variant?.id ?? '', quantity: 1 })),
    });
    expect(lines.map(({ taxRate }) => taxRate)).toEqual([1900, 700, 0]);
    expect(lines.map(({ unit }) => Number(unit?.net))).toEqual(some.map((variant) => variant?.price.USD));
  });

  it('takes WELCOME10 and takes nothing off by itself', async () => {
    const variantId = demoProducts()[0]?.variants[0]?.id ?? '';
    const request = { currency: 'EUR', lines: [{ variantId, quantity: 10 }] };
    const plain = await shop.rpc.quote(request);
    expect(plain.discounts).toEqual([]);
    const { discounts, total } = await shop.rpc.quote({ ...request, couponCodes: ['welcome10'] });
    expect(discounts).toMatchObject([{ couponCode: 'WELCOME10' }]);
    expect(Number(total?.gross)).toBe(Number(plain.total?.gross) * 0.9);
  });
});

describe('the seed', () => {
  it('leaves a shop that has a price list alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoa-pricing-'));
    const databaseUrl = `sqlite:${join(folder, 'pricing.sqlite')}`;
    const first = await testSubgraph(pricing, { databaseUrl, seed: true });
    await first.query(
      `mutation { setPrice(input: { variantId: "${demoProducts()[0]?.variants[0]?.id}", amount: { amount: 7, currency: EUR } }) { __typename } }`,
      {},
      staff(),
    );
    await first.stop();
    const again = await testSubgraph(pricing, { databaseUrl, seed: true });
    const { data } = await again.entities(
      [{ __typename: 'ProductVariant', id: demoProducts()[0]?.variants[0]?.id }],
      '... on ProductVariant { price { gross { amount } } }',
    );
    expect(data[0].price.gross.amount).toBe(7);
    await again.stop();
    rmSync(folder, { recursive: true });
  });
});

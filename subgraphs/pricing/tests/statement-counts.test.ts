import { demoProducts } from '@stoa/seed';
import { databaseEngines, fullScansOf, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPricingShop, type PricingShop } from './pricing-shop.ts';

const [product] = demoProducts();
const onePage = variantsOf(1);
const oneListPage = variantsOf(24);

/** Categories and their rates by country are a handful, and a quote or a price may need any of them. */
const small = ['tax_category'];

const price = 'price { net { amount } tax { amount } gross { amount currency } }';
const priceIn = (currency: string, country: string) =>
  `${currency}: price(currency: ${currency}, country: ${country}) { gross { amount } }`;

function variantsOf(products: number) {
  const variants = demoProducts()
    .slice(0, products)
    .flatMap((one) => one.variants);
  return variants.map(({ id }) => ({ __typename: 'ProductVariant', id }));
}

describe.each(databaseEngines)('the statements of pricing on $engine', (engine) => {
  let shop: PricingShop;
  beforeAll(async () => {
    shop = await openPricingShop(engine, true);
    await shop.withPromotion({
      couponCode: 'SUMMER',
      kind: 'PERCENTAGE',
      basisPoints: 500,
    });
  });
  afterAll(() => shop.stop());

  const entities: typeof shop.subgraph.entities = async (...question) => {
    const answer = await shop.subgraph.entities(...question);
    expect(answer.errors).toEqual([]);
    return answer;
  };
  const variants = (references: typeof onePage, selection: string) =>
    entities(references, `... on ProductVariant { ${selection} }`);
  const priceRanges = () =>
    entities(
      demoProducts()
        .slice(0, 24)
        .map(({ id, variants: all }) => ({
          __typename: 'Product',
          id,
          variants: all.map((one) => ({ __typename: 'ProductVariant', id: one.id })),
        })),
      '... on Product { priceRange { min { gross { amount } } } }',
    );
  const quote = (terms: { country?: string; couponCodes?: string[] } = {}) =>
    shop.rpc.quote({
      currency: 'EUR',
      lines: onePage.map(({ id }) => ({ variantId: id, quantity: 1 })),
      ...terms,
    });
  const count = async (work: () => Promise<unknown>) => (await shop.subgraph.statementsOf(work)).length;

  it('are as many for a list as for one product', async () => {
    expect({
      // The prices, and what the list's country takes.
      'product page': await count(() => variants(onePage, price)),
      'list page': await count(() => variants(oneListPage, price)),
      'list page, from the cheapest': await count(priceRanges),
      'in another country too': await count(() => variants(onePage, `${price} ${priceIn('EUR', 'FR')}`)),
      // The price list, prices, taxes, promotions.
      quote: await count(() => quote()),
      'quote with coupons': await count(() => quote({ country: 'FR', couponCodes: ['SUMMER', 'NONE'] })),
    }).toEqual({
      'product page': 2,
      'list page': 2,
      'list page, from the cheapest': 2,
      'in another country too': 4,
      quote: 3,
      'quote with coupons': 3,
    });
  });

  it('find their rows by indexes', async () => {
    const scans = await fullScansOf(shop.subgraph.subgraph.database, small, async () => {
      await variants(oneListPage, `${price} ${priceIn('USD', 'US')} taxCategory { code }`);
      await priceRanges();
      await quote();
      await quote({ country: 'FR', couponCodes: ['SUMMER', 'NONE'] });
      await shop.subgraph.query(
        'query ($id: ID!) { priceList(code: "eur") { price(variantId: $id) { amount { amount } } } promotions(first: 5) { nodes { name } } }',
        { id: product?.variants[0]?.id },
        staff(),
      );
    });
    expect(scans).toEqual([]);
  });
});

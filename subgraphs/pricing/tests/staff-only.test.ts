import { newId } from '@stoa/clock';
import { guest, type Viewer } from '@stoa/identity';
import { customer } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedded, openPricingShop, type PricingShop } from './pricing-shop.ts';

const id = newId();
const amount = '{ amount: 1, currency: EUR }';
const operations = [
  '{ priceLists { id } }',
  '{ priceList(code: "eur") { id } }',
  '{ promotions { totalCount } }',
  `{ promotion(id: "${id}") { id } }`,
  'mutation { createPriceList(input: { code: "sek", name: "x", currency: SEK, taxIncluded: true, country: SE }) { __typename } }',
  `mutation { setPrice(input: { variantId: "${id}", amount: ${amount} }) { __typename } }`,
  `mutation { setPrices(input: { priceListId: "${id}", prices: [{ variantId: "${id}", amount: ${amount} }] }) { __typename } }`,
  'mutation { createTaxCategory(input: { code: "x", name: "x" }) { __typename } }',
  `mutation { setTaxRate(input: { taxCategoryId: "${id}", country: DE, basisPoints: 1 }) { __typename } }`,
  `mutation { setVariantTaxCategory(input: { variantId: "${id}", taxCategoryId: "${id}" }) { __typename } }`,
  'mutation { createPromotion(input: { name: "x", kind: PERCENTAGE, basisPoints: 10000 }) { __typename } }',
  `mutation { archivePromotion(input: { promotionId: "${id}" }) { __typename } }`,
];

describe('what is for staff', () => {
  let shop: PricingShop;
  beforeAll(async () => {
    shop = await openPricingShop(embedded);
    await shop.withPriceList('EUR');
  });
  afterAll(() => shop.stop());

  const refused: readonly [string, Viewer, string][] = [
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a customer', customer('c-1'), 'FORBIDDEN'],
    ['an impostor', { ...customer('c-2'), id: 'staff', scopes: ['STAFF'] }, 'FORBIDDEN'],
  ];

  it.each(operations)('is refused to others: %s', async (operation) => {
    for (const [, viewer, code] of refused) {
      const { data, errors } = await shop.subgraph.query(operation, {}, viewer);
      expect(errors).toMatchObject([{ extensions: { code } }]);
      expect(Object.values(data ?? {})).not.toContainEqual(expect.anything());
    }
  });

  it('is as it was after they tried', async () => {
    const tables = ['price_list', 'price', 'tax_category', 'tax_rate', 'variant_tax_category', 'promotion'];
    expect(await Promise.all(tables.map((table) => shop.countOf(table)))).toEqual([1, 0, 0, 0, 0, 0]);
  });
});

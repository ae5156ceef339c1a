import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eur, openPricingShop, type PricingShop } from './pricing-shop.ts';

type Row = Record<string, unknown>;

describe.each(databaseEngines)('the database on $engine', (engine) => {
  let shop: PricingShop;
  let priced: { price_list_id: string; variant_id: string };
  let taxCategoryId: string;
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    taxCategoryId = await shop.withTaxCategory('standard', { DE: 1900 });
    const priceListId = await shop.withPriceList('EUR');
    priced = { price_list_id: priceListId, variant_id: await shop.withVariant([eur(1)], taxCategoryId) };
    await shop.withPromotion({ kind: 'PERCENTAGE', basisPoints: 1, couponCode: 'TAKEN' });
  });
  afterAll(() => shop.stop());

  const price = { variant_id: newId(), amount: 1 };
  const list = { code: 'sek', name: 'x', currency: 'SEK', is_tax_included: true, country: 'SE' };
  const rate = { country: 'FR', basis_points: 2000 };
  const now = new Date('2026-06-01T12:00:00Z');
  const promotion = { name: 'x', kind: 'PERCENTAGE', basis_points: 1, starts_at: now };

  it.each<[string, string, () => Row]>([
    ['a price below 0', 'price', () => ({ ...price, price_list_id: priced.price_list_id, amount: -1 })],
    ['a second price in a list', 'price', () => ({ ...priced, amount: 1 })],
    ['a price in no list', 'price', () => ({ ...price, price_list_id: newId() })],
    ['a second list in a currency', 'price_list', () => ({ ...list, currency: 'EUR' })],
    ['a currency in small letters', 'price_list', () => ({ ...list, currency: 'sek' })],
    [
      'a rate over the whole',
      'tax_rate',
      () => ({ ...rate, tax_category_id: taxCategoryId, basis_points: 10_001 }),
    ],
    [
      'a second rate of a country',
      'tax_rate',
      () => ({ ...rate, tax_category_id: taxCategoryId, country: 'DE' }),
    ],
    ['a rate of no category', 'tax_rate', () => ({ ...rate, tax_category_id: newId() })],
    [
      'a second category of a variant',
      'variant_tax_category',
      () => ({ variant_id: priced.variant_id, tax_category_id: taxCategoryId }),
    ],
    [
      'a promotion that takes off two things',
      'promotion',
      () => ({ ...promotion, amount: 1, currency: 'EUR' }),
    ],
    ['a promotion that takes off nothing', 'promotion', () => ({ ...promotion, basis_points: null })],
    ['a promotion of another kind', 'promotion', () => ({ ...promotion, kind: 'GIFT' })],
    ['a minimum in no currency', 'promotion', () => ({ ...promotion, minimum_subtotal: 1 })],
    ['a coupon code in small letters', 'promotion', () => ({ ...promotion, coupon_code: 'small' })],
    ['a coupon code that is taken', 'promotion', () => ({ ...promotion, coupon_code: 'TAKEN' })],
    ['a promotion that ends as it starts', 'promotion', () => ({ ...promotion, ends_at: now })],
  ])('refuses %s', async (_, table, row) => {
    const before = await shop.countOf(table);
    const knex = shop.subgraph.subgraph.database.em.fork().getKnex();
    const insertion = knex(table).insert({ id: newId(), created_at: now, updated_at: now, ...row() });
    await expect(insertion).rejects.toThrow(/constraint/i);
    expect(await shop.countOf(table)).toBe(before);
  });

  it('takes the rows that those are made of', async () => {
    const knex = shop.subgraph.subgraph.database.em.fork().getKnex();
    const rows: [string, Row][] = [
      ['price', { ...price, price_list_id: priced.price_list_id }],
      ['price_list', list],
      ['tax_rate', { ...rate, tax_category_id: taxCategoryId }],
      ['promotion', promotion],
    ];
    for (const [table, row] of rows) {
      await knex(table).insert({ id: newId(), created_at: now, updated_at: now, ...row });
    }
    expect(await shop.countOf('price_list')).toBe(2);
  });
});

import { newId } from '@stoa/clock';
import { type CallContext, guest } from '@stoa/identity';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eur, openPricingShop, type PricingShop, usd } from './pricing-shop.ts';

const taxed = (net: number, tax: number, gross: number) => ({
  net: BigInt(net),
  tax: BigInt(tax),
  gross: BigInt(gross),
});

describe.each(databaseEngines)('a quote on $engine', (engine) => {
  let shop: PricingShop;
  let shirt: string;
  let book: string;
  let reduced: string;
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    await shop.withPriceList('EUR');
    await shop.withPriceList('USD', { taxIncluded: false, country: 'US' });
    await shop.withTaxCategory('standard', { DE: 1900, FR: 2000, US: 0 });
    reduced = await shop.withTaxCategory('reduced', { DE: 700, FR: 550, US: 0 });
    shirt = await shop.withVariant([eur(1190), usd(1000)]);
    book = await shop.withVariant([eur(1070), usd(900)], reduced);
  });
  afterAll(() => shop.stop());

  const quote = (lines: readonly (readonly [string, number])[], terms: object = {}) =>
    shop.rpc.quote({
      currency: 'EUR',
      lines: lines.map(([variantId, quantity]) => ({ variantId, quantity })),
      ...terms,
    });

  it('prices lines in their order, each with its own tax', async () => {
    const { lines, subtotal, total, discounts, unpricedVariantIds, rejectedCouponCodes } = await quote([
      [book, 1],
      [shirt, 2],
    ]);
    expect(lines).toMatchObject([
      {
        variantId: book,
        quantity: 1,
        unit: taxed(1000, 70, 1070),
        total: taxed(1000, 70, 1070),
        taxRate: 700,
      },
      {
        variantId: shirt,
        quantity: 2,
        unit: taxed(1000, 190, 1190),
        total: taxed(2000, 380, 2380),
        taxRate: 1900,
      },
    ]);
    expect(subtotal).toMatchObject(taxed(3000, 450, 3450));
    expect(total).toMatchObject(taxed(3000, 450, 3450));
    expect({ discounts, unpricedVariantIds, rejectedCouponCodes }).toEqual({
      discounts: [],
      unpricedVariantIds: [],
      rejectedCouponCodes: [],
    });
  });

  it('has the unit price that the buyer is shown', async () => {
    const variant = await shop.withVariant([eur(1999)]);
    const { data } = await shop.subgraph.entities(
      [{ __typename: 'ProductVariant', id: variant }],
      '... on ProductVariant { price(country: FR) { net { amount } tax { amount } gross { amount } } }',
    );
    const { net, tax, gross } = data[0].price;
    const { lines } = await quote([[variant, 3]], { country: 'FR' });
    expect(lines[0]?.unit).toMatchObject(taxed(net.amount, tax.amount, gross.amount));
  });

  it('keeps a variant that is asked for twice as two lines', async () => {
    const { lines, total } = await quote([
      [shirt, 1],
      [shirt, 2],
    ]);
    expect(lines.map(({ quantity }) => quantity)).toEqual([1, 2]);
    expect(total).toMatchObject(taxed(3000, 570, 3570));
  });

  it.each([
    ['EUR', 'FR', taxed(1983, 397, 2380)],
    ['EUR', 'JP', taxed(2380, 0, 2380)],
    ['USD', '', taxed(2000, 0, 2000)],
    ['USD', 'DE', taxed(2000, 380, 2380)],
  ])('in %s to %j follows the taxes there', async (currency, country, expected) => {
    expect((await quote([[shirt, 2]], { currency, country })).total).toMatchObject(expected);
  });

  it('names the variants that have no price, once each, and prices the others', async () => {
    const euroOnly = await shop.withVariant([eur(1)]);
    const missing = newId();
    const { lines, unpricedVariantIds } = await quote(
      [
        [missing, 1],
        [shirt, 1],
        [euroOnly, 1],
        [missing, 2],
      ],
      { currency: 'USD' },
    );
    expect(lines.map(({ variantId }) => variantId)).toEqual([shirt]);
    expect(unpricedVariantIds).toEqual([missing, euroOnly]);
  });

  it('of no lines is nothing', async () => {
    const { lines, total } = await quote([]);
    expect(lines).toEqual([]);
    expect(total).toMatchObject(taxed(0, 0, 0));
  });

  it.each<[string, object, string, string]>([
    [
      'a quantity of 0',
      { lines: [{ variantId: newId(), quantity: 0 }] },
      'INVALID_QUANTITY',
      'at least 1, found 0',
    ],
    [
      'a negative quantity',
      { lines: [{ variantId: newId(), quantity: -2 }] },
      'INVALID_QUANTITY',
      'found -2',
    ],
    [
      'a currency without a list',
      { currency: 'JPY' },
      'UNKNOWN_CURRENCY',
      'that has a price list, found "JPY"',
    ],
    ['what is no currency', { currency: 'euro' }, 'UNKNOWN_CURRENCY', 'ISO 4217'],
    ['no currency', { currency: '' }, 'UNKNOWN_CURRENCY', 'ISO 4217'],
    ['what is no country', { country: 'Germany' }, 'INVALID_COUNTRY', 'ISO 3166-1'],
    [
      'more than 500 lines',
      { lines: Array.from({ length: 501 }, () => ({ variantId: newId(), quantity: 1 })) },
      'TOO_MANY_LINES',
      'at most 500 lines, found 501',
    ],
    [
      'more than 20 coupon codes',
      { couponCodes: Array.from({ length: 21 }, (_, index) => `C${index}`) },
      'TOO_MANY_COUPONS',
      'at most 20 coupon codes, found 21',
    ],
  ])('is refused for %s', async (_, wrong, code, message) => {
    const request = { currency: 'EUR', lines: [{ variantId: shirt, quantity: 1 }], ...wrong };
    await expect(shop.rpc.quote(request)).rejects.toMatchObject({
      kind: 'bad-input',
      code,
      message: expect.stringContaining(message),
    });
  });

  it('is refused for an order worth more than an integer holds', async () => {
    const yacht = await shop.withVariant([eur(10 ** 12)]);
    await expect(quote([[yacht, 2_000_000_000]])).rejects.toMatchObject({
      kind: 'bad-input',
      code: 'AMOUNT_OUT_OF_RANGE',
    });
  });

  it.each<[string, CallContext['viewer']]>([
    ['a guest', guest],
    ['a customer', customer('c-1')],
    ['staff', staff()],
  ])('is given on behalf of %s too', async (_, viewer) => {
    const call = { viewer, requestId: 'r', channel: 'default', currency: 'USD', locale: 'en' };
    const { total } = await shop
      .rpcAs(call)
      .quote({ currency: 'EUR', lines: [{ variantId: shirt, quantity: 1 }] });
    expect(total?.gross).toBe(1190n);
  });

  it('costs three queries, however many lines and coupons it has', async () => {
    const variants = await Promise.all(Array.from({ length: 5 }, () => shop.withVariant([eur(100)])));
    const statementsFor = (lines: readonly (readonly [string, number])[], couponCodes: string[]) =>
      shop.subgraph.statementsOf(() => quote(lines, { couponCodes }));
    expect(await statementsFor([[shirt, 1]], [])).toHaveLength(3);
    const many = variants.flatMap((variant) => Array.from({ length: 100 }, () => [variant, 1] as const));
    expect(await statementsFor(many, ['A-1', 'A-2', 'A-3'])).toHaveLength(3);
  });

  describe('with promotions', () => {
    const discountsOf = async (terms: object = {}, quantity = 1) => {
      const { discounts, rejectedCouponCodes, total } = await quote([[shirt, quantity]], terms);
      return {
        taken: discounts.map(({ name, amount }) => [name, Number(amount)]),
        rejected: rejectedCouponCodes,
        gross: Number(total?.gross),
      };
    };
    const tenPercent = { name: 'Ten', kind: 'PERCENTAGE', basisPoints: 1000 };
    const oneOff = { name: 'One', kind: 'AMOUNT', amount: eur(100) };

    it('applies those that need no coupon, percentages first', async () => {
      await shop.withoutPromotions();
      await shop.withPromotion(oneOff);
      const id = await shop.withPromotion(tenPercent);
      expect(await discountsOf()).toEqual({
        taken: [
          ['Ten', 119],
          ['One', 100],
        ],
        rejected: [],
        gross: 971,
      });
      const { discounts } = await quote([[shirt, 1]]);
      expect(discounts[0]).toMatchObject({ promotionId: id, couponCode: '', amount: 119n });
    });

    it('applies a coupon however it is typed, once, and only when it is given', async () => {
      await shop.withoutPromotions();
      await shop.withPromotion({ ...tenPercent, couponCode: 'TEN' });
      expect(await discountsOf()).toMatchObject({ taken: [], gross: 1190 });
      expect(await discountsOf({ couponCodes: [' ten ', 'TEN'] })).toEqual({
        taken: [['Ten', 119]],
        rejected: [],
        gross: 1071,
      });
    });

    it('spreads a discount over the lines and tells the tax of what is left', async () => {
      await shop.withoutPromotions();
      await shop.withPromotion({ ...oneOff, amount: eur(226) });
      const { lines, subtotal, total } = await quote([
        [shirt, 1],
        [book, 1],
      ]);
      expect(lines.map((line) => line.total?.gross)).toEqual([1071n, 963n]);
      expect(lines.map((line) => line.total?.tax)).toEqual([171n, 63n]);
      expect(subtotal).toMatchObject(taxed(2000, 260, 2260));
      expect(total).toMatchObject(taxed(1800, 234, 2034));
    });

    it('reports coupons that are unknown, scheduled, over, archived, in another currency or below their minimum', async () => {
      await shop.withoutPromotions();
      const hour = 3_600_000;
      const from = (milliseconds: number) =>
        new Date(shop.clock.now().getTime() + milliseconds).toISOString();
      await shop.withPromotion({ ...tenPercent, couponCode: 'SCHEDULED', startsAt: from(2 * hour) });
      await shop.withPromotion({ ...tenPercent, couponCode: 'OVER', endsAt: from(hour) });
      await shop.withPromotion({ ...tenPercent, couponCode: 'MINIMUM', minimumSubtotal: eur(1191) });
      await shop.withPromotion({ ...oneOff, amount: usd(100), couponCode: 'DOLLARS' });
      const promotionId = await shop.withPromotion({ ...tenPercent, couponCode: 'ARCHIVED' });
      await shop.change('archivePromotion', { promotionId }, '');
      shop.clock.advance(hour);

      const couponCodes = ['nonsense', 'scheduled', 'over', 'archived', 'dollars', 'minimum'];
      expect(await discountsOf({ couponCodes })).toEqual({ taken: [], rejected: couponCodes, gross: 1190 });
      shop.clock.advance(hour);
      expect(await discountsOf({ couponCodes: ['scheduled', 'minimum'] }, 2)).toMatchObject({
        taken: [
          ['Ten', 238],
          ['Ten', 214],
        ],
        rejected: [],
      });
      expect(await discountsOf({ couponCodes: ['dollars'], currency: 'USD' })).toMatchObject({
        taken: [['One', 100]],
        gross: 900,
      });
    });

    it('never goes below nothing', async () => {
      await shop.withoutPromotions();
      await shop.withPromotion({ ...oneOff, amount: eur(5000) });
      await shop.withPromotion({ ...oneOff, couponCode: 'TOO-MUCH' });
      expect(await discountsOf({ couponCodes: ['TOO-MUCH'] })).toEqual({
        taken: [['One', 1190]],
        rejected: ['TOO-MUCH'],
        gross: 0,
      });
    });
  });
});

import { setTimeout } from 'node:timers/promises';
import { newId } from '@stoa/clock';
import { databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyerIn, eur, openPricingShop, type PricingShop, usd } from './pricing-shop.ts';

const taxedMoney = '{ net { amount } tax { amount } gross { amount currency } }';
const taxed = (net: number, tax: number, gross: number, currency = 'EUR') => ({
  net: { amount: net },
  tax: { amount: tax },
  gross: { amount: gross, currency },
});

describe.each(databaseEngines)('prices on $engine', (engine) => {
  let shop: PricingShop;
  let listId: string;
  let reduced: string;
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    listId = await shop.withPriceList('EUR');
    await shop.withPriceList('USD', { taxIncluded: false, country: 'US' });
    await shop.withTaxCategory('standard', { DE: 1900, FR: 2000, US: 0 });
    reduced = await shop.withTaxCategory('reduced', { DE: 700 });
  });
  afterAll(() => shop.stop());

  const variantRef = (id: string) => ({ __typename: 'ProductVariant', id });
  const priceOf = async (id: string, args = '', as = buyerIn('EUR')) => {
    const { data, errors } = await shop.subgraph.entities(
      [variantRef(id)],
      `... on ProductVariant { price${args} ${taxedMoney} }`,
      as,
    );
    expect(errors).toEqual([]);
    return data[0].price;
  };

  describe('as a buyer sees them', () => {
    it('are in the currency of the request and taxed as the list says', async () => {
      const variant = await shop.withVariant([eur(1190), usd(1000)]);
      expect(await priceOf(variant)).toEqual(taxed(1000, 190, 1190));
      expect(await priceOf(variant, '', buyerIn('USD'))).toEqual(taxed(1000, 0, 1000, 'USD'));
    });

    it('are in another currency when asked for', async () => {
      const variant = await shop.withVariant([eur(1190), usd(1000)]);
      expect(await priceOf(variant, '(currency: USD)')).toEqual(taxed(1000, 0, 1000, 'USD'));
    });

    it.each([
      ['EUR', 'FR', taxed(992, 198, 1190)],
      ['EUR', 'JP', taxed(1190, 0, 1190)],
      ['USD', 'DE', taxed(1000, 190, 1190, 'USD')],
      ['USD', 'JP', taxed(1000, 0, 1000, 'USD')],
    ])('in the %s list follow the taxes of %s', async (currency, country, expected) => {
      const variant = await shop.withVariant([eur(1190), usd(1000)]);
      expect(await priceOf(variant, `(country: ${country}, currency: ${currency})`)).toEqual(expected);
    });

    it('follow the tax category of the variant', async () => {
      const variant = await shop.withVariant([eur(1070)], reduced);
      expect(await priceOf(variant)).toEqual(taxed(1000, 70, 1070));
    });

    it.each([
      ['has no price', async () => newId(), 'EUR'],
      ['has no price in the currency', () => shop.withVariant([usd(1000)]), 'EUR'],
      ['is asked for in a currency without a list', () => shop.withVariant([eur(1000)]), 'JPY'],
    ])('are null for a variant that %s', async (_, variant, currency) => {
      expect(await priceOf(await variant(), '', buyerIn(currency))).toBeNull();
    });

    it.each([
      ['a country', 'country: "Germany"', 'ISO 3166-1'],
      ['a currency', 'currency: "euro"', 'ISO 4217'],
    ])('are refused for what is not the code of %s', async (_, argument, message) => {
      const { errors } = await shop.subgraph.entities(
        [variantRef(newId())],
        `... on ProductVariant { price(${argument}) ${taxedMoney} }`,
      );
      expect(errors[0]?.message).toContain(message);
      expect(errors[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    });
  });

  describe('of a product', () => {
    const rangeOf = async (variantIds: readonly string[], args = '') => {
      const product = {
        __typename: 'Product',
        id: newId(),
        variants: variantIds.map((id) => ({ __typename: 'ProductVariant', id })),
      };
      const { data, errors } = await shop.subgraph.entities(
        [product],
        `... on Product { priceRange${args} { min ${taxedMoney} max ${taxedMoney} } }`,
      );
      expect(errors).toEqual([]);
      return data[0].priceRange;
    };

    it('range from the lowest to the highest gross price', async () => {
      const dear = await shop.withVariant([eur(2380)]);
      const cheap = await shop.withVariant([eur(1070)], reduced);
      const between = await shop.withVariant([eur(1190)]);
      expect(await rangeOf([between, dear, cheap])).toEqual({
        min: taxed(1000, 70, 1070),
        max: taxed(2000, 380, 2380),
      });
    });

    it('are compared by gross where the net says otherwise', async () => {
      const standard = await shop.withVariant([usd(1000)]);
      const lessTaxed = await shop.withVariant([usd(1010)], reduced);
      expect(await rangeOf([standard, lessTaxed], '(currency: USD, country: DE)')).toEqual({
        min: taxed(1010, 71, 1081, 'USD'),
        max: taxed(1000, 190, 1190, 'USD'),
      });
    });

    it('leave out variants without a price', async () => {
      const variant = await shop.withVariant([eur(1190)]);
      const price = taxed(1000, 190, 1190);
      expect(await rangeOf([newId(), variant])).toEqual({ min: price, max: price });
    });

    it.each([
      ['has no variants', []],
      ['has no prices', [newId()]],
    ])('have no range when it %s', async (_, variantIds) => {
      expect(await rangeOf(variantIds)).toBeNull();
    });
  });

  it('cost one query for a page of products, and one for the taxes', async () => {
    const variantIds = await Promise.all(Array.from({ length: 6 }, () => shop.withVariant([eur(1190)])));
    const variants = variantIds.map((id) => variantRef(id));
    const products = Array.from({ length: 24 }, () => ({ __typename: 'Product', id: newId(), variants }));
    let ranges: unknown[] = [];
    const statements = await shop.subgraph.statementsOf(async () => {
      const selection = `
        ... on Product { priceRange { max { gross { amount } } } }
        ... on ProductVariant { price { gross { amount } } }`;
      ranges = (await shop.subgraph.entities([...products, ...variants], selection)).data;
    });
    expect(ranges).toHaveLength(30);
    expect(ranges).not.toContainEqual(expect.objectContaining({ priceRange: null }));
    expect(statements).toHaveLength(2);
  });

  describe('set by staff', () => {
    const outcome = `
      ... on Price { amount { amount currency } version updatedAt variant { id } priceList { code } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on CurrencyMismatchError { field expected found }
      ... on StaleVersionError { currentVersion }
      ... on PriceListNotFoundError { priceListId currency }`;
    const setPrice = (input: Record<string, unknown>) => shop.change('setPrice', input, outcome);

    it('go into the list of their currency', async () => {
      const variantId = newId();
      expect(await setPrice({ variantId, amount: eur(1999) })).toEqual({
        __typename: 'Price',
        amount: eur(1999),
        version: 1,
        updatedAt: '2026-06-01T12:00:00.000Z',
        variant: { id: variantId },
        priceList: { code: 'eur' },
      });
      expect((await priceOf(variantId)).gross.amount).toBe(1999);
    });

    it('go into a list that is named, and replace what it had', async () => {
      const variantId = await shop.withVariant([eur(1999)]);
      const price = await setPrice({ priceListId: listId, variantId, amount: eur(1500), expectedVersion: 1 });
      expect(price).toMatchObject({ amount: eur(1500), version: 2 });
      expect((await priceOf(variantId)).gross.amount).toBe(1500);
    });

    it('are told as an event with each change, and with nothing else', async () => {
      const variantId = await shop.withVariant([eur(1999)]);
      await setPrice({ variantId, amount: eur(1999) });
      await setPrice({ variantId, amount: eur(0) });
      await setPrice({ variantId, amount: eur(-1) });
      const event = (amount: number) => ({
        type: 'pricing.price-changed.v1',
        payload: { variantId, priceListId: listId, amount, currency: 'EUR' },
      });
      expect(await shop.eventsOf(variantId)).toEqual([event(1999), event(0)]);
    });

    it('are read back by staff under their list', async () => {
      const variantId = await shop.withVariant([eur(1999)]);
      const { data } = await shop.subgraph.query(
        `query ($id: ID!, $variantId: ID!, $other: ID!) {
          priceList(id: $id) {
            price(variantId: $variantId) { amount { amount } version }
            other: price(variantId: $other) { version }
          }
        }`,
        { id: listId, variantId, other: newId() },
        staff(),
      );
      expect(data.priceList).toEqual({ price: { amount: { amount: 1999 }, version: 1 }, other: null });
    });

    it('are seen by the later changes of one operation', async () => {
      const variantId = newId();
      const set = (amount: number) =>
        `setPrice(input: { variantId: "${variantId}", amount: { amount: ${amount}, currency: EUR } }) {
          ... on Price { version priceList { price(variantId: "${variantId}") { amount { amount } } } }
        }`;
      const { data } = await shop.subgraph.query(
        `mutation { first: ${set(100)} second: ${set(200)} }`,
        {},
        staff(),
      );
      expect(data).toMatchObject({
        first: { version: 1, priceList: { price: { amount: { amount: 100 } } } },
        second: { version: 2, priceList: { price: { amount: { amount: 200 } } } },
      });
    });

    it('say which version is there when another was expected', async () => {
      const variantId = await shop.withVariant([eur(1999)]);
      const stale = await setPrice({ variantId, amount: eur(1), expectedVersion: 7 });
      expect(stale).toMatchObject({
        __typename: 'StaleVersionError',
        code: 'STALE_VERSION',
        currentVersion: 1,
      });
      expect(await setPrice({ variantId: newId(), amount: eur(1), expectedVersion: 1 })).toMatchObject({
        currentVersion: 0,
      });
      expect((await priceOf(variantId)).gross.amount).toBe(1999);
    });

    it.each([0, 1])('are won by one of many who expect version %i', async (expectedVersion) => {
      const variantId = expectedVersion === 0 ? newId() : await shop.withVariant([eur(1999)]);
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, buyer) =>
          setPrice({ variantId, amount: eur(100 + buyer), expectedVersion }),
        ),
      );
      const won = results.filter(({ __typename }) => __typename === 'Price');
      expect(won).toHaveLength(1);
      expect(results.filter(({ __typename }) => __typename === 'StaleVersionError')).toHaveLength(7);
      expect((await priceOf(variantId)).gross.amount).toBe(won[0].amount.amount);
    });

    it('are all written when many write without expecting a version, the last one staying', async () => {
      const variantId = newId();
      const results = await Promise.all(
        Array.from({ length: 5 }, (_, buyer) => setPrice({ variantId, amount: eur(100 + buyer) })),
      );
      expect(results.map(({ __typename }) => __typename)).toEqual(Array(5).fill('Price'));
      const events = await shop.eventsOf(variantId);
      expect(events).toHaveLength(5);
      const { gross } = await priceOf(variantId);
      expect(events.at(-1)?.payload).toMatchObject({ amount: gross.amount });
    });

    it.each([
      ['a negative amount', { amount: eur(-1) }, 'input.amount.amount', 'from 0 to 1000000000000, found -1'],
      ['an amount over the maximum', { amount: eur(10 ** 12 + 1) }, 'input.amount.amount', 'from 0 to'],
      ['what is not an id', { variantId: 'shirt' }, 'input.variantId', 'found "shirt"'],
    ])('are refused for %s', async (_, wrong, field, message) => {
      const before = await shop.countOf('price');
      expect(await setPrice({ variantId: newId(), amount: eur(1), ...wrong })).toMatchObject({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        field,
        message: expect.stringContaining(message),
      });
      expect(await shop.countOf('price')).toBe(before);
    });

    it('are refused in another currency than their list has', async () => {
      const variantId = newId();
      expect(await setPrice({ priceListId: listId, variantId, amount: usd(1) })).toEqual({
        __typename: 'CurrencyMismatchError',
        code: 'CURRENCY_MISMATCH',
        message: 'Expected an amount in EUR, found one in USD',
        field: 'input.amount',
        expected: 'EUR',
        found: 'USD',
      });
      expect(await priceOf(variantId)).toBeNull();
    });

    it('are refused where there is no list', async () => {
      const priceListId = newId();
      expect(await setPrice({ priceListId, variantId: newId(), amount: eur(1) })).toMatchObject({
        __typename: 'PriceListNotFoundError',
        code: 'PRICE_LIST_NOT_FOUND',
        priceListId,
        currency: null,
      });
      expect(await setPrice({ variantId: newId(), amount: { amount: 1, currency: 'JPY' } })).toMatchObject({
        __typename: 'PriceListNotFoundError',
        priceListId: null,
        currency: 'JPY',
      });
    });
  });

  describe('set many at a time', () => {
    const outcome = `
      ... on PricesSet { priceList { code } prices { variant { id } amount { amount } version } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on CurrencyMismatchError { field }
      ... on StaleVersionError { currentVersion }
      ... on PriceListNotFoundError { priceListId }`;
    const setPrices = (prices: readonly object[], priceListId = listId) =>
      shop.change('setPrices', { priceListId, prices }, outcome);
    const some = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ variantId: newId(), amount: eur(100 + index) }));

    it('are written in a few statements, in the order given', async () => {
      const prices = some(500);
      let result: { prices: { variant: { id: string }; amount: { amount: number } }[] } = { prices: [] };
      const statements = await shop.subgraph.statementsOf(async () => {
        result = await setPrices(prices);
      });
      expect(result.prices.map(({ variant, amount }) => [variant.id, amount.amount])).toEqual(
        prices.map(({ variantId, amount }) => [variantId, amount.amount]),
      );
      expect(statements.length).toBeLessThan(20);
      expect(await shop.eventsOf(prices[499]?.variantId ?? '')).toHaveLength(1);
    });

    it('change what was there and add what was not', async () => {
      const variantId = await shop.withVariant([eur(1999)]);
      const [added] = some(1);
      const { prices } = await setPrices([{ variantId, amount: eur(5), expectedVersion: 1 }, { ...added }]);
      expect(prices).toMatchObject([
        { version: 2, amount: { amount: 5 } },
        { version: 1, amount: { amount: 100 } },
      ]);
    });

    it.each([
      ['none at all', () => [], 'input.prices', '1 to 500'],
      ['more than 500', () => some(501), 'input.prices', 'found 501'],
      [
        'a negative amount',
        () => [...some(1), { variantId: newId(), amount: eur(-5) }],
        'input.prices.1.amount.amount',
        'found -5',
      ],
      [
        'a variant twice',
        () => some(1).flatMap((price) => [price, price]),
        'input.prices.1.variantId',
        'each variant once',
      ],
    ])('are refused for %s, and none is written', async (_, prices, field, message) => {
      const before = await shop.countOf('price');
      expect(await setPrices(prices())).toMatchObject({
        __typename: 'InvalidInputError',
        field,
        message: expect.stringContaining(message),
      });
      expect(await shop.countOf('price')).toBe(before);
    });

    it('are refused together when one is in another currency, is stale, or has no list', async () => {
      const before = await shop.countOf('price');
      const variantId = await shop.withVariant([eur(1)]);
      const [price] = some(1);
      expect(await setPrices([{ ...price }, { variantId: newId(), amount: usd(1) }])).toMatchObject({
        __typename: 'CurrencyMismatchError',
        field: 'input.prices.1.amount',
      });
      expect(
        await setPrices([{ ...price }, { variantId, amount: eur(2), expectedVersion: 9 }]),
      ).toMatchObject({
        __typename: 'StaleVersionError',
        currentVersion: 1,
        message: expect.stringContaining(variantId),
      });
      expect(await setPrices([{ ...price }], newId())).toMatchObject({
        __typename: 'PriceListNotFoundError',
      });
      expect(await shop.countOf('price')).toBe(before + 1);
    });

    it('see a change that was not yet committed when they began', async () => {
      const prices = some(2);
      await setPrices(prices);
      const knex = shop.subgraph.subgraph.database.em.fork().getKnex();
      let late: Promise<unknown> | undefined;
      await knex.transaction(async (other) => {
        const variantIds = prices.map(({ variantId }) => variantId);
        await other('price').whereIn('variant_id', variantIds).update({ amount: 1, version: 2 });
        late = setPrices(prices.map((price) => ({ ...price, amount: eur(9), expectedVersion: 1 })));
        // Long enough for it to come to the rows that are held here.
        await setTimeout(200);
      });
      expect(await late).toMatchObject({ __typename: 'StaleVersionError', currentVersion: 2 });
    });

    it('do not wait for each other for ever when they name the same variants in another order', async () => {
      const prices = some(40);
      await setPrices(prices);
      const other = prices.map(({ variantId }) => ({ variantId, amount: eur(7) })).reverse();
      const results = await Promise.all([
        setPrices(prices),
        setPrices(other),
        setPrices(prices),
        setPrices(other),
      ]);
      expect(results.map(({ __typename }) => __typename)).toEqual(Array(4).fill('PricesSet'));
    });
  });
});

import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPricingShop, type PricingShop } from './pricing-shop.ts';

const fields = 'id code name currency taxIncluded country version';

describe.each(databaseEngines)('price lists on $engine', (engine) => {
  let shop: PricingShop;
  let eurId: string;
  const eurList = () => ({
    id: eurId,
    code: 'eur',
    name: 'Prices in EUR',
    currency: 'EUR',
    taxIncluded: true,
    country: 'DE',
    version: 1,
  });
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    eurId = await shop.withPriceList('EUR');
    await shop.withPriceList('CHF', { taxIncluded: false, country: 'CH' });
  });
  afterAll(() => shop.stop());

  it('are listed by code', async () => {
    const { data } = await shop.subgraph.query(`{ priceLists { ${fields} } }`, {}, staff());
    expect(data.priceLists).toMatchObject([
      { code: 'chf', taxIncluded: false, country: 'CH' },
      { code: 'eur', taxIncluded: true, country: 'DE' },
    ]);
  });

  it('are found by id and by code', async () => {
    const { data } = await shop.subgraph.query(
      `query ($id: ID!, $other: ID!) {
        byId: priceList(id: $id) { ${fields} }
        byCode: priceList(code: "eur") { ${fields} }
        missing: priceList(id: $other) { id }
        unknown: priceList(code: "xyz") { id }
      }`,
      { id: eurId, other: newId() },
      staff(),
    );
    expect(data).toEqual({ byId: eurList(), byCode: eurList(), missing: null, unknown: null });
  });

  it.each([
    ['neither', ''],
    ['both', '(id: "1", code: "eur")'],
  ])('are not found by %s of id and code', async (found, args) => {
    const { errors } = await shop.subgraph.query(`{ priceList${args} { id } }`, {}, staff());
    expect(errors).toMatchObject([
      {
        message: `Expected either \`id\` or \`code\`, found ${found}`,
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('are resolved for the router in order with one query, and null for a missing one', async () => {
    const representations = [eurId, newId(), eurId].map((id) => ({ __typename: 'PriceList', id }));
    let lists: unknown[] = [];
    const statements = await shop.subgraph.statementsOf(async () => {
      lists = (await shop.subgraph.entities(representations, `... on PriceList { ${fields} }`, staff())).data;
    });
    const found = { __typename: 'PriceList', ...eurList() };
    expect(lists).toEqual([found, null, found]);
    expect(statements).toHaveLength(1);
  });

  it('are hidden from a buyer who knows the id', async () => {
    const { data, errors } = await shop.subgraph.entities(
      [{ __typename: 'PriceList', id: eurId }],
      '... on PriceList { code }',
      customer('somebody'),
    );
    expect({ data, errors }).toEqual({ data: [null], errors: [] });
  });

  describe('opened by staff', () => {
    const create = (input: Record<string, unknown>) =>
      shop.change(
        'createPriceList',
        { code: 'new', name: 'New', currency: 'SEK', taxIncluded: true, country: 'SE', ...input },
        `... on PriceList { ${fields} }
         ... on UserError { code message }
         ... on InvalidInputError { field }
         ... on PriceListExistsError { field priceList { id } }`.replace('{ id code', '{ id listCode: code'),
      );

    it('hold the prices of their currency', async () => {
      const list = await create({ code: 'sek', currency: 'SEK' });
      expect(list).toMatchObject({ __typename: 'PriceList', listCode: 'sek', currency: 'SEK', version: 1 });
      await shop.withVariant([{ amount: 100, currency: 'SEK' }]);
      expect(await shop.countOf('price')).toBe(1);
    });

    it.each([
      ['code', { code: 'eur' }, 'input.code', 'The price list eur has the code eur'],
      ['currency', { currency: 'EUR' }, 'input.currency', 'The price list eur has the currency EUR'],
    ])('need a %s of their own', async (_, input, field, message) => {
      const before = await shop.countOf('price_list');
      expect(await create(input)).toEqual({
        __typename: 'PriceListExistsError',
        code: 'PRICE_LIST_EXISTS',
        message,
        field,
        priceList: { id: eurId },
      });
      expect(await shop.countOf('price_list')).toBe(before);
    });

    it('are opened once by many at a time', async () => {
      const results = await Promise.all(
        Array.from({ length: 6 }, (_, index) => create({ code: `nok-${index}`, currency: 'NOK' })),
      );
      expect(results.map(({ __typename }) => __typename).sort()).toEqual([
        'PriceList',
        ...Array(5).fill('PriceListExistsError'),
      ]);
    });

    it.each([
      ['a code with a space', { code: 'my list' }, 'input.code'],
      ['a code in capitals', { code: 'EUR2' }, 'input.code'],
      ['no code', { code: '' }, 'input.code'],
      ['a name of spaces', { name: '  ' }, 'input.name'],
      ['a name that is too long', { name: 'x'.repeat(201) }, 'input.name'],
    ])('are refused with %s', async (_, input, field) => {
      const before = await shop.countOf('price_list');
      expect(await create(input)).toMatchObject({
        __typename: 'InvalidInputError',
        field,
        message: expect.stringMatching(/^Expected .+, found "/),
      });
      expect(await shop.countOf('price_list')).toBe(before);
    });
  });
});

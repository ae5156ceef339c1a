import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const setStocks = `mutation ($input: SetStocksInput!) {
  setStocks(input: $input) {
    __typename
    ... on InvalidInputError { field }
    ... on StocksSet {
      results {
        __typename
        ... on StockItem { id variant { id } location { code } onHand reserved available version }
        ... on UserError { code message }
        ... on InvalidInputError { field }
        ... on StaleVersionError { currentVersion }
        ... on StockBelowReservedError { reserved }
      }
    }
  }
}`;

describe.each(databaseEngines)('counts of many variants on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());
  const set = async (counts: readonly object[]) => {
    const { data, errors } = await shop.query(setStocks, { input: { counts } }, staff('s-1'));
    expect(errors).toEqual([]);
    return data.setStocks;
  };
  const at = (code: 'berlin' | 'leeds', variantId: string, onHand: number, more: object = {}) => {
    return { variantId, locationId: shop.locations[code], onHand, ...more };
  };

  it('record what lies where, in the order given, and tell of each variant once', async () => {
    const [one, other] = [newId(), newId()];
    const { results } = await set([at('leeds', other, 3), at('berlin', one, 12), at('berlin', other, 4)]);
    expect(results).toMatchObject([
      { variant: { id: other }, location: { code: 'leeds' }, onHand: 3, available: 3, version: 1 },
      { variant: { id: one }, location: { code: 'berlin' }, onHand: 12, available: 12, version: 1 },
      { variant: { id: other }, location: { code: 'berlin' }, onHand: 4, available: 4, version: 1 },
    ]);
    expect(await shop.availabilityOf(other)).toBe(7);
    expect(await shop.eventsOf(other)).toEqual([
      ['inventory.stock-changed.v1', { variantId: other, available: 7 }],
    ]);
    expect(await shop.movementsOf(one)).toMatchObject([{ delta: 12, reason: 'COUNTED', actor: 'user:s-1' }]);
  });

  it('change those that can be changed when others are refused, and say why of each', async () => {
    const [known, reserved, fresh] = [
      await shop.variantWith({ berlin: 5 }),
      await shop.variantWith({ berlin: 5 }),
      newId(),
    ];
    await shop.reserve({ [reserved]: 4 });
    const { results } = await set([
      at('berlin', known, 9, { expectedVersion: 7 }),
      at('berlin', reserved, 3),
      at('berlin', fresh, 1),
      at('leeds', fresh, -1),
      at('berlin', 'shirt', 1),
      { variantId: known, locationId: newId(), onHand: 1 },
      at('leeds', known, 2),
    ]);
    expect(results).toMatchObject([
      { __typename: 'StaleVersionError', currentVersion: 1 },
      { __typename: 'StockBelowReservedError', reserved: 4 },
      { __typename: 'StockItem', onHand: 1 },
      { __typename: 'InvalidInputError', field: 'input.counts.3.onHand' },
      { __typename: 'InvalidInputError', field: 'input.counts.4.variantId' },
      { __typename: 'StockLocationNotFoundError' },
      { __typename: 'StockItem', onHand: 2 },
    ]);
    expect(await shop.itemsOf(known)).toMatchObject({ berlin: { onHand: 5 }, leeds: { onHand: 2 } });
    expect(await shop.contradictions()).toEqual([]);
  });

  it('give back first what is reserved past its time', async () => {
    const variantId = await shop.variantWith({ berlin: 5 });
    await shop.reserve({ [variantId]: 5 }, { expiresInSeconds: 60 });
    shop.clock.advance(61_000);
    const { results } = await set([at('berlin', variantId, 1)]);
    expect(results).toMatchObject([{ onHand: 1, reserved: 0, available: 1 }]);
  });

  it('that come twice at once, in two orders, are both set', async () => {
    const counts = Array.from({ length: 20 }, () => at('berlin', newId(), 1));
    const answers = await Promise.all([set(counts), set([...counts].reverse())]);
    for (const { results } of answers) {
      expect(results.every((result: { onHand: number }) => result.onHand === 1)).toBe(true);
    }
    expect(await shop.contradictions()).toEqual([]);
  });

  it.each([
    ['none', () => [], 'input.counts'],
    ['501', () => Array.from({ length: 501 }, () => at('berlin', newId(), 1)), 'input.counts'],
    [
      'an item twice',
      () => {
        const variantId = newId();
        return [at('berlin', variantId, 1), at('berlin', variantId, 2)];
      },
      'input.counts.1',
    ],
  ])('are refused altogether when there is %s', async (_, counts, field) => {
    expect(await set(counts())).toEqual({ __typename: 'InvalidInputError', field });
  });

  it('are for staff', async () => {
    const input = { counts: [at('berlin', newId(), 1)] };
    const { errors } = await shop.query(setStocks, { input }, customer('c-1'));
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

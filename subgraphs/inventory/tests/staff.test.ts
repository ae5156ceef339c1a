import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const setStock = `mutation ($input: SetStockInput!) {
  setStock(input: $input) {
    __typename
    ... on StockItem { id variant { id } location { code } onHand reserved available version }
    ... on UserError { code message }
    ... on InvalidInputError { field }
    ... on StaleVersionError { currentVersion }
    ... on StockBelowReservedError { reserved }
  }
}`;

const adjustStock = `mutation ($input: AdjustStockInput!) {
  adjustStock(input: $input) {
    __typename
    ... on StockItem { onHand reserved available version }
    ... on UserError { code message }
    ... on InvalidInputError { field }
    ... on StockBelowReservedError { reserved }
  }
}`;

const createStockLocation = `mutation ($input: CreateStockLocationInput!) {
  createStockLocation(input: $input) {
    __typename
    ... on StockLocation { id code name country }
    ... on UserError { errorCode: code message }
    ... on InvalidInputError { field }
  }
}`;

describe.each(databaseEngines)('what staff does with stock on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());
  const asStaff = async (document: string, input: Record<string, unknown>) => {
    const { data, errors } = await shop.query(document, { input }, staff('s-1'));
    expect(errors).toEqual([]);
    return Object.values(data)[0];
  };

  describe('a count', () => {
    it('records what lies at a location', async () => {
      const variantId = newId();
      const input = { variantId, locationId: shop.locations.berlin, onHand: 12 };
      expect(await asStaff(setStock, input)).toEqual({
        __typename: 'StockItem',
        id: expect.any(String),
        variant: { id: variantId },
        location: { code: 'berlin' },
        onHand: 12,
        reserved: 0,
        available: 12,
        version: 1,
      });
      expect(await shop.movementsOf(variantId)).toEqual([
        { delta: 12, reason: 'COUNTED', note: null, actor: 'user:s-1', reservationId: null },
      ]);
      expect(await shop.eventsOf(variantId)).toEqual([
        ['inventory.stock-changed.v1', { variantId, available: 12 }],
      ]);
    });

    it('changes what was recorded, and the version with it', async () => {
      const variantId = await shop.variantWith({ berlin: 12, leeds: 1 });
      const input = { variantId, locationId: shop.locations.berlin, onHand: 9, expectedVersion: 1 };
      expect(await asStaff(setStock, input)).toMatchObject({ onHand: 9, available: 9, version: 2 });
      expect((await shop.eventsOf(variantId)).at(-1)?.[1]).toEqual({ variantId, available: 10 });
    });

    it('that finds what was known changes nothing', async () => {
      const variantId = await shop.variantWith({ berlin: 12 });
      const before = [await shop.eventsOf(variantId), await shop.movementsOf(variantId)];
      const input = { variantId, locationId: shop.locations.berlin, onHand: 12 };
      expect(await asStaff(setStock, input)).toMatchObject({ onHand: 12, version: 1 });
      expect([await shop.eventsOf(variantId), await shop.movementsOf(variantId)]).toEqual(before);
    });

    it('is refused when the stock has changed since it was looked at', async () => {
      const variantId = await shop.variantWith({ berlin: 12 });
      const input = { variantId, locationId: shop.locations.berlin, onHand: 9, expectedVersion: 4 };
      expect(await asStaff(setStock, input)).toEqual({
        __typename: 'StaleVersionError',
        code: 'STALE_VERSION',
        message: expect.stringContaining('Expected version 4, found 1'),
        currentVersion: 1,
      });
      expect(await shop.itemsOf(variantId)).toMatchObject({ berlin: { onHand: 12 } });
    });

    it('is not made stale by a reservation, but by a sale', async () => {
      const variantId = await shop.variantWith({ berlin: 12 });
      const { id: reservationId } = await shop.reserve({ [variantId]: 2 });
      const input = { variantId, locationId: shop.locations.berlin, onHand: 11, expectedVersion: 1 };
      expect(await asStaff(setStock, input)).toMatchObject({
        onHand: 11,
        reserved: 2,
        available: 9,
        version: 2,
      });
      await shop.rpc.commit({ reservationId });
      expect(await asStaff(setStock, { ...input, expectedVersion: 2 })).toMatchObject({ currentVersion: 3 });
    });

    it('cannot be lower than what is reserved', async () => {
      const variantId = await shop.variantWith({ berlin: 12 });
      await shop.reserve({ [variantId]: 5 });
      const input = { variantId, locationId: shop.locations.berlin, onHand: 4 };
      expect(await asStaff(setStock, input)).toEqual({
        __typename: 'StockBelowReservedError',
        code: 'STOCK_BELOW_RESERVED',
        message: 'Expected at least 5 on hand, as many as are reserved; it would be 4',
        reserved: 5,
      });
      expect(await shop.itemsOf(variantId)).toMatchObject({ berlin: { onHand: 12, reserved: 5 } });
    });

    it.each([
      ['a negative number', { onHand: -1 }, 'input.onHand'],
      ['more than a location can hold', { onHand: 100_000_001 }, 'input.onHand'],
      ['a variant id that is none', { variantId: 'shirt' }, 'input.variantId'],
    ])('refuses %s', async (_, given, field) => {
      const variantId = newId();
      const input = { variantId, locationId: shop.locations.berlin, onHand: 1, ...given };
      expect(await asStaff(setStock, input)).toMatchObject({
        __typename: 'InvalidInputError',
        code: 'INVALID_INPUT',
        message: expect.stringMatching(/^Expected .*, found /),
        field,
      });
      expect(await shop.itemsOf(variantId)).toEqual({});
    });

    it('needs a location that exists', async () => {
      const variantId = newId();
      expect(await asStaff(setStock, { variantId, locationId: newId(), onHand: 1 })).toMatchObject({
        __typename: 'StockLocationNotFoundError',
        code: 'STOCK_LOCATION_NOT_FOUND',
      });
      expect(await shop.itemsOf(variantId)).toEqual({});
    });
  });

  describe('an adjustment', () => {
    it('adds to stock or takes away, and says why in the journal', async () => {
      const variantId = await shop.variantWith({ berlin: 10 });
      const input = { variantId, locationId: shop.locations.berlin, delta: -3, reason: ' water damage ' };
      expect(await asStaff(adjustStock, input)).toMatchObject({ onHand: 7, available: 7, version: 2 });
      expect(await asStaff(adjustStock, { ...input, delta: 5, reason: 'found' })).toMatchObject({
        onHand: 12,
      });
      expect((await shop.movementsOf(variantId)).slice(1)).toEqual([
        { delta: -3, reason: 'ADJUSTED', note: 'water damage', actor: 'user:s-1', reservationId: null },
        { delta: 5, reason: 'ADJUSTED', note: 'found', actor: 'user:s-1', reservationId: null },
      ]);
      expect((await shop.eventsOf(variantId)).at(-1)?.[1]).toEqual({ variantId, available: 12 });
    });

    it('records the first delivery to a location', async () => {
      const variantId = newId();
      const input = { variantId, locationId: shop.locations.leeds, delta: 5, reason: 'first delivery' };
      expect(await asStaff(adjustStock, input)).toMatchObject({ onHand: 5, version: 1 });
    });

    it.each([
      ['below what is reserved', 4, -7, 4],
      ['below nothing', 0, -11, 0],
    ])('cannot take stock %s', async (_, held, delta, reserved) => {
      const variantId = await shop.variantWith({ berlin: 10 });
      if (held > 0) await shop.reserve({ [variantId]: held });
      const input = { variantId, locationId: shop.locations.berlin, delta, reason: 'theft' };
      expect(await asStaff(adjustStock, input)).toMatchObject({
        __typename: 'StockBelowReservedError',
        code: 'STOCK_BELOW_RESERVED',
        reserved,
      });
      expect(await shop.itemsOf(variantId)).toMatchObject({ berlin: { onHand: 10, reserved: held } });
    });

    it('cannot take what was never recorded', async () => {
      const variantId = newId();
      const input = { variantId, locationId: shop.locations.berlin, delta: -1, reason: 'theft' };
      expect(await asStaff(adjustStock, input)).toMatchObject({ __typename: 'StockBelowReservedError' });
      expect(await shop.itemsOf(variantId)).toEqual({});
    });

    it.each([
      ['by nothing', { delta: 0 }, 'input.delta'],
      ['over what a location can hold', { delta: 100_000_000 }, 'input.delta'],
      ['without a reason', { reason: '   ' }, 'input.reason'],
      ['for a reason that is too long', { reason: 'x'.repeat(201) }, 'input.reason'],
      ['of what is no variant id', { variantId: 'shirt' }, 'input.variantId'],
    ])('is refused %s', async (_, given, field) => {
      const variantId = await shop.variantWith({ berlin: 10 });
      const input = { variantId, locationId: shop.locations.berlin, delta: 1, reason: 'found', ...given };
      expect(await asStaff(adjustStock, input)).toMatchObject({ __typename: 'InvalidInputError', field });
      expect(await shop.itemsOf(variantId)).toMatchObject({ berlin: { onHand: 10, version: 1 } });
    });

    it('needs a location that exists', async () => {
      const input = { variantId: newId(), locationId: newId(), delta: 1, reason: 'found' };
      expect(await asStaff(adjustStock, input)).toMatchObject({ __typename: 'StockLocationNotFoundError' });
    });
  });

  describe('a new location', () => {
    it('is listed with the others, by code', async () => {
      const input = { code: 'lyon-2', name: ' Lyon, second hall ', country: 'FR' };
      expect(await asStaff(createStockLocation, input)).toEqual({
        __typename: 'StockLocation',
        id: expect.any(String),
        code: 'lyon-2',
        name: 'Lyon, second hall',
        country: 'FR',
      });
      const { data } = await shop.query('{ stockLocations { code country } }', {}, staff());
      expect(data.stockLocations).toEqual([
        { code: 'berlin', country: 'DE' },
        { code: 'leeds', country: 'GB' },
        { code: 'lyon-2', country: 'FR' },
      ]);
    });

    it('needs a code of its own', async () => {
      const input = { code: 'berlin', name: 'Another', country: 'DE' };
      expect(await asStaff(createStockLocation, input)).toEqual({
        __typename: 'StockLocationCodeTakenError',
        errorCode: 'STOCK_LOCATION_CODE_TAKEN',
        message: 'Another location has the code berlin',
      });
    });

    it.each([
      ['a code in capitals', { code: 'BERLIN' }, 'input.code'],
      ['a code of one letter', { code: 'b' }, 'input.code'],
      ['a code that is too long', { code: 'b'.repeat(33) }, 'input.code'],
      ['no name', { name: ' ' }, 'input.name'],
      ['a name that is too long', { name: 'n'.repeat(101) }, 'input.name'],
      ['a country in full', { country: 'Germany' }, 'input.country'],
    ])('is refused with %s', async (_, given, field) => {
      const input = { code: 'refused', name: 'Refused', country: 'DE', ...given };
      expect(await asStaff(createStockLocation, input)).toMatchObject({
        __typename: 'InvalidInputError',
        field,
      });
      const { data } = await shop.query('{ stockLocations { code } }', {}, staff());
      expect(data.stockLocations).not.toContainEqual({ code: input.code });
    });
  });

  describe.each([
    ['a guest', undefined, 'UNAUTHENTICATED'],
    ['a customer', customer('c-1'), 'FORBIDDEN'],
  ])('%s', (_, viewer, code) => {
    it.each([
      ['stockLocations', '{ stockLocations { id } }', {}],
      ['stockItems', '{ stockItems { nodes { id } } }', {}],
      ['reservation', 'query ($id: ID!) { reservation(id: $id) { id } }', { id: newId() }],
      ['createStockLocation', createStockLocation, { input: { code: 'mine', name: 'Mine', country: 'DE' } }],
      ['setStock', setStock, { input: { variantId: newId(), locationId: newId(), onHand: 1 } }],
      [
        'adjustStock',
        adjustStock,
        { input: { variantId: newId(), locationId: newId(), delta: 1, reason: 'r' } },
      ],
    ])('cannot ask for %s', async (_, document, variables) => {
      const { errors } = await shop.query(document, variables, viewer);
      expect(errors).toMatchObject([{ extensions: { code } }]);
    });
  });
});

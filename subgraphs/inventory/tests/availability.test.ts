import { newId } from '@stoa/clock';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const selection = '... on ProductVariant { id availability { inStock available } }';

describe.each(databaseEngines)('availability on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());
  const variant = (id: string) => ({ __typename: 'ProductVariant', id });

  it('adds up all locations, less what is set aside, for anybody', async () => {
    const id = await shop.variantWith({ berlin: 4, leeds: 3 });
    await shop.reserve({ [id]: 5 });
    for (const viewer of [undefined, customer('c-1')]) {
      const { data } = await shop.entities([variant(id)], selection, viewer);
      expect(data[0].availability).toEqual({ inStock: true, available: 2 });
    }
  });

  it('is nothing for what is sold out and for what has never been in stock', async () => {
    const soldOut = await shop.variantWith({ berlin: 0 });
    const { data, errors } = await shop.entities(
      [variant(soldOut), variant(newId()), variant('x')],
      selection,
    );
    expect(errors).toEqual([]);
    expect(data.map((entity) => entity.availability)).toEqual([
      { inStock: false, available: 0 },
      { inStock: false, available: 0 },
      { inStock: false, available: 0 },
    ]);
  });

  it('is read for many variants by one statement, and answered in order', async () => {
    const ids = [
      await shop.variantWith({ berlin: 1 }),
      await shop.variantWith({ leeds: 2 }),
      await shop.variantWith({ berlin: 1, leeds: 2 }),
    ];
    const asked = [ids[2], ids[0], ids[1], ids[0]].map((id) => variant(String(id)));
    let answered: unknown;
    const statements = await shop.statementsOf(async () => {
      const { data } = await shop.entities(asked, selection);
      answered = data.map((entity) => [entity.id, entity.availability.available]);
    });
    expect(answered).toEqual([
      [ids[2], 3],
      [ids[0], 1],
      [ids[1], 2],
      [ids[0], 1],
    ]);
    expect(statements).toHaveLength(1);
  });

  it('asks the database nothing when it is not selected', async () => {
    const statements = await shop.statementsOf(() =>
      shop.entities([variant(newId())], '... on ProductVariant { id }'),
    );
    expect(statements).toEqual([]);
  });

  it('is told to other services in the order of their request, by one statement', async () => {
    const [few, many] = [await shop.variantWith({ berlin: 1 }), await shop.variantWith({ leeds: 9 })];
    let variants: unknown;
    const variantIds = [many, 'unknown', few, many];
    const statements = await shop.statementsOf(async () => {
      variants = (await shop.rpc.getAvailability({ variantIds })).variants.map((told) => [
        told.variantId,
        told.available,
      ]);
    });
    expect(variants).toEqual([
      [many, 9],
      ['unknown', 0],
      [few, 1],
      [many, 9],
    ]);
    expect(statements).toHaveLength(1);
  });

  it('is told for at most 1,000 variants in one call', async () => {
    const variantIds = Array.from({ length: 1_001 }, () => newId());
    await expect(shop.rpc.getAvailability({ variantIds })).rejects.toMatchObject({ kind: 'bad-input' });
  });
});

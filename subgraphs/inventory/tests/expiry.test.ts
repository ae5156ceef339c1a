import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const quarterHourMs = 900_000;

describe.each(databaseEngines)('a hold whose time has run out, on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());

  it('counts as free to whoever reads, to the millisecond', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    await shop.reserve({ [variant]: 2 });
    shop.clock.advance(quarterHourMs - 1);
    expect(await shop.availabilityOf(variant)).toBe(3);
    shop.clock.advance(1);
    expect(await shop.availabilityOf(variant)).toBe(5);
    const { data } = await shop.query(
      `query ($id: ID!) { stockItems(filter: { variantId: $id }) { nodes { onHand reserved available } } }`,
      { id: variant },
      staff(),
    );
    expect(data.stockItems.nodes).toEqual([{ onHand: 5, reserved: 0, available: 5 }]);
  });

  it('lasts as long as its maker asked', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    await shop.reserve({ [variant]: 2 }, { expiresInSeconds: 60 });
    shop.clock.advance(59_999);
    expect(await shop.availabilityOf(variant)).toBe(3);
    shop.clock.advance(1);
    expect(await shop.availabilityOf(variant)).toBe(5);
  });

  it('goes to the next who wants its stock, with all that it kept', async () => {
    const [wanted, other] = [await shop.variantWith({ berlin: 2 }), await shop.variantWith({ leeds: 3 })];
    const first = await shop.reserve({ [wanted]: 2, [other]: 1 });
    expect((await shop.reserve({ [wanted]: 1 })).came).toBe('short');
    shop.clock.advance(quarterHourMs);
    expect((await shop.reserve({ [wanted]: 1 })).came).toBe('HELD');
    expect(await shop.itemsOf(wanted)).toMatchObject({ berlin: { onHand: 2, reserved: 1 } });
    expect(await shop.itemsOf(other)).toMatchObject({ leeds: { onHand: 3, reserved: 0 } });
    expect((await shop.eventsOf(first.id)).map(([type]) => type)).toEqual([
      'inventory.reservation-held.v1',
      'inventory.reservation-expired.v1',
    ]);
    await expect(shop.rpc.commit({ reservationId: first.id })).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    const again = { reservationId: first.id, orderId: first.orderId };
    expect((await shop.reserve({ [wanted]: 2, [other]: 1 }, again)).came).toBe('EXPIRED');
  });

  it('is ended by the worker, also when nobody wants its stock', async () => {
    const variant = await shop.variantWith({ berlin: 3 });
    const due = [await shop.reserve({ [variant]: 1 }), await shop.reserve({ [variant]: 1 })];
    shop.clock.advance(quarterHourMs - 1);
    await shop.subgraph.work('expire-reservations');
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 2 } });
    shop.clock.advance(1);
    const lasting = await shop.reserve({ [variant]: 1 });
    // Two instances at once.
    await Promise.all([1, 2].map(() => shop.subgraph.work('expire-reservations')));
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 3, reserved: 1 } });
    for (const { id } of due) {
      expect((await shop.eventsOf(id)).map(([type]) => type)).toEqual([
        'inventory.reservation-held.v1',
        'inventory.reservation-expired.v1',
      ]);
    }
    await expect(shop.rpc.commit({ reservationId: lasting.id })).resolves.toBeDefined();
  });

  it('stays while there is enough without it', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const first = await shop.reserve({ [variant]: 2 });
    shop.clock.advance(quarterHourMs);
    expect((await shop.reserve({ [variant]: 3 })).came).toBe('HELD');
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 5, reserved: 5 } });
    await shop.rpc.commit({ reservationId: first.id });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 3, reserved: 3 } });
  });

  it('makes room for one request out of several holds', async () => {
    const variant = await shop.variantWith({ berlin: 2, leeds: 2 });
    for (let hold = 0; hold < 4; hold += 1) await shop.reserve({ [variant]: 1 });
    shop.clock.advance(quarterHourMs);
    expect((await shop.reserve({ [variant]: 4 })).came).toBe('HELD');
    expect((await shop.eventsOf(variant)).at(-1)?.[1]).toEqual({ variantId: variant, available: 0 });
  });

  it('leaves others alone that still have time', async () => {
    const variant = await shop.variantWith({ berlin: 2 });
    await shop.reserve({ [variant]: 1 }, { expiresInSeconds: 60 });
    const lasting = await shop.reserve({ [variant]: 1 }, { expiresInSeconds: 120 });
    shop.clock.advance(60_000);
    expect((await shop.reserve({ [variant]: 2 })).came).toBe('short');
    expect((await shop.reserve({ [variant]: 1 })).came).toBe('HELD');
    await expect(shop.rpc.commit({ reservationId: lasting.id })).resolves.toBeDefined();
  });

  it('can still be committed while nobody else has taken its stock', async () => {
    const variant = await shop.variantWith({ berlin: 2 });
    const { id } = await shop.reserve({ [variant]: 2 });
    shop.clock.advance(quarterHourMs);
    await shop.rpc.commit({ reservationId: id });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 0, reserved: 0 } });
    expect(await shop.availabilityOf(variant)).toBe(0);
  });

  it('has nothing to give back once it has expired', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    const { id } = await shop.reserve({ [variant]: 1 });
    shop.clock.advance(quarterHourMs);
    const next = await shop.reserve({ [variant]: 1 });
    await shop.rpc.release({ reservationId: id });
    expect(await shop.availabilityOf(variant)).toBe(0);
    expect(next.came).toBe('HELD');
  });

  it('does not stand in the way of a count', async () => {
    const variant = await shop.variantWith({ berlin: 3 });
    await shop.reserve({ [variant]: 3 });
    const count = () =>
      shop.query(
        'mutation ($input: SetStockInput!) { setStock(input: $input) { __typename ... on StockItem { onHand reserved } } }',
        { input: { variantId: variant, locationId: shop.locations.berlin, onHand: 1 } },
        staff(),
      );
    expect((await count()).data.setStock.__typename).toBe('StockBelowReservedError');
    shop.clock.advance(quarterHourMs);
    expect((await count()).data.setStock).toEqual({ __typename: 'StockItem', onHand: 1, reserved: 0 });
  });

  it('is no more in a list of what is sold out', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    await shop.reserve({ [variant]: 1 });
    const soldOut = async () => {
      const { data } = await shop.query(
        'query ($id: ID!) { stockItems(filter: { variantId: $id, outOfStock: true }) { totalCount } }',
        { id: variant },
        staff(),
      );
      return data.stockItems.totalCount;
    };
    expect(await soldOut()).toBe(1);
    shop.clock.advance(quarterHourMs);
    expect(await soldOut()).toBe(0);
  });

  it('shows in availability to any buyer', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    await shop.reserve({ [variant]: 1 });
    const inStock = async () => {
      const representation = { __typename: 'ProductVariant', id: variant };
      const selection = '... on ProductVariant { availability { inStock } }';
      const { data } = await shop.entities([representation], selection, customer('c-1'));
      return data[0].availability.inStock;
    };
    expect(await inStock()).toBe(false);
    shop.clock.advance(quarterHourMs);
    expect(await inStock()).toBe(true);
  });

  it('leaves items, reservations and journal in agreement after all of this', async () => {
    expect(await shop.contradictions()).toEqual([]);
  });
});

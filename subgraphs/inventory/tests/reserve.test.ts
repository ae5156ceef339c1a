import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

describe.each(databaseEngines)('Reserve on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());

  it('sets stock aside without taking it from the shelf', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const { came } = await shop.reserve({ [variant]: 2 });
    expect(came).toBe('HELD');
    expect(await shop.itemsOf(variant)).toEqual({ berlin: { onHand: 5, reserved: 2, version: 1 } });
    expect(await shop.availabilityOf(variant)).toBe(3);
  });

  it('takes all of a line from the location that has most', async () => {
    const variant = await shop.variantWith({ berlin: 3, leeds: 8 });
    await shop.reserve({ [variant]: 3 });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 0 }, leeds: { reserved: 3 } });
  });

  it('splits a line that no location can fill alone', async () => {
    const variant = await shop.variantWith({ berlin: 3, leeds: 8 });
    expect((await shop.reserve({ [variant]: 10 })).came).toBe('HELD');
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 2 }, leeds: { reserved: 8 } });
  });

  it('adds up lines of the same variant', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const line = { variantId: variant, quantity: 3 };
    const { result } = await shop.rpc.reserve({
      reservationId: newId(),
      orderId: newId(),
      lines: [line, line],
    });
    expect(result).toMatchObject({
      case: 'insufficientStock',
      value: { shortages: [{ variantId: variant, requested: 6, available: 5 }] },
    });
  });

  it('sets nothing aside when one line is short, and names every line that is', async () => {
    const plenty = await shop.variantWith({ berlin: 50 });
    const few = await shop.variantWith({ berlin: 1, leeds: 1 });
    const unknown = newId();
    const { result } = await shop.rpc.reserve({
      reservationId: newId(),
      orderId: newId(),
      lines: [
        { variantId: plenty, quantity: 5 },
        { variantId: few, quantity: 3 },
        { variantId: unknown, quantity: 1 },
      ],
    });
    expect(result).toMatchObject({
      case: 'insufficientStock',
      value: {
        shortages: [
          { variantId: few, requested: 3, available: 2 },
          { variantId: unknown, requested: 1, available: 0 },
        ],
      },
    });
    expect(await shop.itemsOf(plenty)).toMatchObject({ berlin: { reserved: 0 } });
    expect(await shop.itemsOf(few)).toMatchObject({ berlin: { reserved: 0 }, leeds: { reserved: 0 } });
  });

  it('asks anew when a request that was short is repeated', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    const first = await shop.reserve({ [variant]: 1 });
    const late = { reservationId: newId(), orderId: newId() };
    expect((await shop.reserve({ [variant]: 1 }, late)).came).toBe('short');
    await shop.rpc.release({ reservationId: first.id });
    expect((await shop.reserve({ [variant]: 1 }, late)).came).toBe('HELD');
  });

  it('gives the same request the same answer, and takes stock once', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const { id, orderId } = await shop.reserve({ [variant]: 2 });
    const again = { reservationId: id, orderId };
    expect((await shop.reserve({ [variant]: 2 }, again)).came).toBe('HELD');
    await shop.rpc.commit({ reservationId: id });
    expect((await shop.reserve({ [variant]: 2 }, again)).came).toBe('COMMITTED');
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 3, reserved: 0 } });
  });

  it('refuses the id of a reservation for another request', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const { id, orderId } = await shop.reserve({ [variant]: 2 });
    const reused = expect.objectContaining({ kind: 'conflict', code: 'RESERVATION_ID_REUSED' });
    await expect(shop.reserve({ [variant]: 3 }, { reservationId: id, orderId })).rejects.toEqual(reused);
    await expect(shop.reserve({ [newId()]: 2 }, { reservationId: id, orderId })).rejects.toEqual(reused);
    await expect(shop.reserve({ [variant]: 2 }, { reservationId: id })).rejects.toEqual(reused);
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 2 } });
  });

  it.each([
    ['an id that is no UUID', { reservationId: 'mine' }, 'Expected a UUID'],
    ['no order', { orderId: '' }, "Expected an order's id"],
    ['an order id that is too long', { orderId: 'o'.repeat(37) }, "Expected an order's id"],
    ['a negative time limit', { expiresInSeconds: -1 }, 'Expected a time limit from 0 to 604800'],
    ['a time limit over a week', { expiresInSeconds: 604_801 }, 'Expected a time limit from 0 to 604800'],
    ['no lines', { lines: [] }, 'Expected 1 to 500 lines'],
  ])('refuses %s', async (_, given, message) => {
    const variant = await shop.variantWith({ berlin: 5 });
    const request = {
      reservationId: newId(),
      orderId: newId(),
      lines: [{ variantId: variant, quantity: 1 }],
    };
    await expect(shop.rpc.reserve({ ...request, ...given })).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringContaining(message),
    });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 0 } });
  });

  it.each([0, -1])('refuses a quantity of %i', async (quantity) => {
    const variant = await shop.variantWith({ berlin: 5 });
    await expect(shop.reserve({ [variant]: quantity })).rejects.toMatchObject({ kind: 'bad-input' });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 0 } });
  });

  it('tells of it in the same transaction: what is held, and what is left', async () => {
    const variant = await shop.variantWith({ berlin: 5, leeds: 2 });
    const { id, orderId } = await shop.reserve({ [variant]: 6 });
    expect(await shop.eventsOf(id)).toEqual([
      [
        'inventory.reservation-held.v1',
        { reservationId: id, orderId, lines: [{ variantId: variant, quantity: 6 }] },
      ],
    ]);
    expect((await shop.eventsOf(variant)).at(-1)).toEqual([
      'inventory.stock-changed.v1',
      { variantId: variant, available: 1 },
    ]);
  });

  it('tells of nothing when stock is short', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    const before = await shop.eventsOf(variant);
    const { id } = await shop.reserve({ [variant]: 2 });
    expect(await shop.eventsOf(id)).toEqual([]);
    expect(await shop.eventsOf(variant)).toEqual(before);
  });

  it('leaves items, reservations and journal in agreement after all of this', async () => {
    expect(await shop.contradictions()).toEqual([]);
  });
});

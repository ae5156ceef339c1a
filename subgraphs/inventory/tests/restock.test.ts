import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenInventory, openInventory } from './open-inventory.ts';

describe.each(databaseEngines)('units that come back, on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());

  /** A variant of which a reservation took all: 3 at one location, 2 at the other. */
  const sold = async () => {
    const variant = await shop.variantWith({ berlin: 3, leeds: 2 });
    const { id } = await shop.reserve({ [variant]: 5 });
    await shop.rpc.commit({ reservationId: id });
    return { variant, reservationId: id };
  };

  it('go where they were taken from, each part of them, and are in the journal', async () => {
    const { variant, reservationId } = await sold();
    await shop.rpc.restock({
      restockId: newId(),
      reservationId,
      lines: [{ variantId: variant, quantity: 4 }],
    });
    expect(await shop.availabilityOf(variant)).toBe(4);
    await shop.rpc.restock({
      restockId: newId(),
      reservationId,
      lines: [{ variantId: variant, quantity: 1 }],
    });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 3 }, leeds: { onHand: 2 } });
    const back = (await shop.movementsOf(variant)).filter(({ reason }) => reason === 'RESTOCKED');
    expect(back.reduce((sum, { delta }) => sum + Number(delta), 0)).toBe(5);
    expect((await shop.eventsOf(variant)).at(-1)).toEqual([
      'inventory.stock-changed.v1',
      { variantId: variant, available: 5 },
    ]);
  });

  it('come back once under one id, however often and however many at once', async () => {
    const { variant, reservationId } = await sold();
    const request = { restockId: newId(), reservationId, lines: [{ variantId: variant, quantity: 2 }] };
    await Promise.all(Array.from({ length: 4 }, () => shop.rpc.restock(request)));
    await shop.rpc.restock(request);
    expect(await shop.availabilityOf(variant)).toBe(2);
  });

  it('are never more than were taken', async () => {
    const { variant, reservationId } = await sold();
    const back = (quantity: number) =>
      shop.rpc.restock({ restockId: newId(), reservationId, lines: [{ variantId: variant, quantity }] });
    const answers = await Promise.allSettled([back(3), back(3)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(back(3)).rejects.toThrow(`3 of the variant ${variant} cannot come back: 2 were taken`);
    await expect(back(0)).rejects.toThrow('expected a quantity of 1 or more, found 0');
    expect(await shop.availabilityOf(variant)).toBe(3);
  });

  it('belong to a reservation that took something', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    const { id } = await shop.reserve({ [variant]: 1 });
    const lines = [{ variantId: variant, quantity: 1 }];
    await expect(shop.rpc.restock({ restockId: newId(), reservationId: id, lines })).rejects.toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    await expect(
      shop.rpc.restock({ restockId: newId(), reservationId: newId(), lines }),
    ).rejects.toMatchObject({ code: 'RESERVATION_NOT_FOUND' });
  });

  it('leave items, reservations and journal in agreement', async () => {
    expect(await shop.contradictions()).toEqual([]);
  });
});

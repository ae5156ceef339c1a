import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReservationState } from '../src/__generated__/inventory/v1/inventory_pb.js';
import { type OpenInventory, openInventory } from './open-inventory.ts';

describe.each(databaseEngines)('a reservation that was made, on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterAll(() => shop.stop());
  const commit = async (reservationId: string) => stateOf(await shop.rpc.commit({ reservationId }));
  const release = async (reservationId: string) => stateOf(await shop.rpc.release({ reservationId }));

  it('takes its stock off the shelf when it is committed, once', async () => {
    const variant = await shop.variantWith({ berlin: 5, leeds: 3 });
    const { id } = await shop.reserve({ [variant]: 6 });
    expect(await commit(id)).toBe('COMMITTED');
    const after = {
      berlin: { onHand: 0, reserved: 0, version: 2 },
      leeds: { onHand: 2, reserved: 0, version: 2 },
    };
    expect(await shop.itemsOf(variant)).toEqual(after);
    expect(await commit(id)).toBe('COMMITTED');
    expect(await shop.itemsOf(variant)).toEqual(after);
  });

  it('is in the journal when it is committed, with who took it', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const { id } = await shop.reserve({ [variant]: 2 });
    await commit(id);
    expect(await shop.movementsOf(variant)).toEqual([
      { delta: 5, reason: 'COUNTED', note: null, actor: 'user:staff', reservationId: null },
      { delta: -2, reason: 'COMMITTED', note: null, actor: 'service:orders', reservationId: id },
    ]);
  });

  it('gives its stock back when it is released, once', async () => {
    const variant = await shop.variantWith({ berlin: 5, leeds: 3 });
    const { id } = await shop.reserve({ [variant]: 6 });
    expect(await release(id)).toBe('RELEASED');
    expect(await shop.availabilityOf(variant)).toBe(8);
    expect(await release(id)).toBe('RELEASED');
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 0 }, leeds: { reserved: 0 } });
    expect(await shop.movementsOf(variant)).toHaveLength(2);
  });

  it('takes no stock when it comes after its release', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const reservationId = newId();
    expect(await release(reservationId)).toBe('RELEASED');
    expect(await release(reservationId)).toBe('RELEASED');
    expect((await shop.reserve({ [variant]: 2 }, { reservationId })).came).toBe('RELEASED');
    expect(await shop.availabilityOf(variant)).toBe(5);
    expect(await shop.eventsOf(reservationId)).toEqual([]);
  });

  it('cannot be committed after its release, nor released after its commit', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const released = await shop.reserve({ [variant]: 1 });
    await release(released.id);
    const illegal = expect.objectContaining({ kind: 'conflict', code: 'ILLEGAL_TRANSITION' });
    await expect(commit(released.id)).rejects.toEqual(illegal);
    const committed = await shop.reserve({ [variant]: 1 });
    await commit(committed.id);
    await expect(release(committed.id)).rejects.toEqual(illegal);
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 4, reserved: 0 } });
  });

  it('cannot be committed when it was never made', async () => {
    const unknown = { kind: 'not-found', code: 'RESERVATION_NOT_FOUND' };
    await expect(commit(newId())).rejects.toMatchObject(unknown);
  });

  it.each(['commit', 'release'] as const)('refuses to %s what is no UUID', async (method) => {
    await expect(shop.rpc[method]({ reservationId: 'mine' })).rejects.toMatchObject({ kind: 'bad-input' });
  });

  it('tells of its end; a commit leaves what can be sold as it was', async () => {
    const variant = await shop.variantWith({ berlin: 5 });
    const payload = (reservation: { id: string; orderId: string }) => ({
      reservationId: reservation.id,
      orderId: reservation.orderId,
      lines: [{ variantId: variant, quantity: 1 }],
    });
    const first = await shop.reserve({ [variant]: 1 });
    await commit(first.id);
    const second = await shop.reserve({ [variant]: 1 });
    await release(second.id);
    expect((await shop.eventsOf(first.id)).at(-1)).toEqual([
      'inventory.reservation-committed.v1',
      payload(first),
    ]);
    expect((await shop.eventsOf(second.id)).at(-1)).toEqual([
      'inventory.reservation-released.v1',
      payload(second),
    ]);
    const available = (await shop.eventsOf(variant)).map(([, said]) => said);
    expect(available).toEqual([5, 4, 3, 4].map((units) => ({ variantId: variant, available: units })));
  });

  it('leaves items, reservations and journal in agreement after all of this', async () => {
    expect(await shop.contradictions()).toEqual([]);
  });
});

function stateOf({ reservation }: { reservation?: { state: ReservationState } }) {
  return ReservationState[reservation?.state ?? 0];
}

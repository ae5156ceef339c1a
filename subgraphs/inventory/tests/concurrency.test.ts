import { newId } from '@stoa/clock';
import { serviceContext } from '@stoa/identity';
import { createDirectory, localServices } from '@stoa/rpc';
import { databaseEngines, staff, testSubgraph } from '@stoa/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { inventoryRpc } from '../src/rpc/client.ts';
import { inventory } from '../src/subgraph.ts';
import { type OpenInventory, openInventory } from './open-inventory.ts';

const hundred = Array.from({ length: 100 }, (_, index) => index);
const forty = hundred.slice(0, 40);

describe.each(databaseEngines)('many at once on $engine', ({ freshUrl }) => {
  let shop: OpenInventory;
  beforeAll(async () => {
    shop = await openInventory(freshUrl());
  });
  afterEach(async () => {
    expect(await shop.contradictions()).toEqual([]);
  });
  afterAll(() => shop.stop());
  /** How the attempts came out, counted. */
  const cameOf = async (attempts: readonly Promise<{ came: string }>[]) => {
    const counts: Record<string, number> = {};
    for (const { came } of await Promise.all(attempts)) counts[came] = (counts[came] ?? 0) + 1;
    return counts;
  };

  it('gives the last unit to exactly one of 100', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    expect(await cameOf(hundred.map(() => shop.reserve({ [variant]: 1 })))).toEqual({ HELD: 1, short: 99 });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 1, reserved: 1 } });
  });

  it('gives all of two locations away, and not one unit more', async () => {
    const variant = await shop.variantWith({ berlin: 7, leeds: 10 });
    expect(await cameOf(forty.map(() => shop.reserve({ [variant]: 1 })))).toEqual({ HELD: 17, short: 23 });
    expect(await shop.availabilityOf(variant)).toBe(0);
  });

  it('gives many calls with one id one answer, and takes stock once', async () => {
    const variant = await shop.variantWith({ berlin: 1 });
    const same = { reservationId: newId(), orderId: newId() };
    expect(await cameOf(forty.map(() => shop.reserve({ [variant]: 1 }, same)))).toEqual({ HELD: 40 });
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 1 } });
  });

  it('has no deadlock between orders that want the same things in another order', async () => {
    const [a, b, c] = [
      await shop.variantWith({ berlin: 200 }),
      await shop.variantWith({ leeds: 200 }),
      await shop.variantWith({ berlin: 100, leeds: 100 }),
    ];
    const wishes = [
      [a, b, c],
      [c, b, a],
      [b, a],
      [c, a],
    ];
    const attempts = forty.map((index) => {
      const wish = wishes[index % wishes.length] ?? [];
      return shop.reserve(Object.fromEntries(wish.map((variant) => [variant, 1])));
    });
    expect(await cameOf(attempts)).toEqual({ HELD: 40 });
  });

  it('ends each of many reservations one way, though both ways are tried at once', async () => {
    const variant = await shop.variantWith({ berlin: 30, leeds: 30 });
    const held = await Promise.all(forty.slice(0, 20).map(() => shop.reserve({ [variant]: 2 })));
    const endings = held.flatMap(({ id: reservationId }) => [
      shop.rpc.commit({ reservationId }),
      shop.rpc.release({ reservationId }),
      shop.rpc.commit({ reservationId }),
      shop.rpc.release({ reservationId }),
    ]);
    const settled = await Promise.allSettled(endings);
    const refused = settled.filter((ending) => ending.status === 'rejected');
    expect(refused).toHaveLength(40);
    expect(refused.every(({ reason }) => reason.code === 'ILLEGAL_TRANSITION')).toBe(true);
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { reserved: 0 }, leeds: { reserved: 0 } });
  });

  it('expires a hold once, however many want its stock', async () => {
    const [wanted, other] = [
      await shop.variantWith({ berlin: 3 }),
      await shop.variantWith({ berlin: 3, leeds: 3 }),
    ];
    const holds = [await shop.reserve({ [wanted]: 3, [other]: 2 }), await shop.reserve({ [other]: 4 })];
    shop.clock.advance(900_000);
    const attempts = forty
      .slice(0, 20)
      .map((index) =>
        shop.reserve(index % 2 === 0 ? { [other]: 1, [wanted]: 1 } : { [wanted]: 1, [other]: 1 }),
      );
    expect(await cameOf(attempts)).toEqual({ HELD: 3, short: 17 });
    for (const { id } of holds) {
      const types = (await shop.eventsOf(id)).map(([type]) => type);
      expect(types).toEqual(['inventory.reservation-held.v1', 'inventory.reservation-expired.v1']);
    }
  });

  it('never takes stock for a reservation whose release overtakes it', async () => {
    const variant = await shop.variantWith({ berlin: 100 });
    const races = forty.slice(0, 20).flatMap(() => {
      const reservationId = newId();
      return [shop.reserve({ [variant]: 1 }, { reservationId }), shop.rpc.release({ reservationId })];
    });
    await Promise.all(races);
    expect(await shop.availabilityOf(variant)).toBe(100);
  });

  it('keeps count while staff corrects it and buyers buy', async () => {
    const variant = await shop.variantWith({ berlin: 50 });
    const adjust = (delta: number) =>
      shop.query(
        `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }`,
        { input: { variantId: variant, locationId: shop.locations.berlin, delta, reason: 'a delivery' } },
        staff(),
      );
    const buy = async () => {
      const { id } = await shop.reserve({ [variant]: 1 });
      await shop.rpc.commit({ reservationId: id });
    };
    await Promise.all(forty.map((index) => (index % 2 === 0 ? adjust(3) : buy())));
    expect(await shop.itemsOf(variant)).toMatchObject({ berlin: { onHand: 50 + 60 - 20, reserved: 0 } });
    expect((await shop.eventsOf(variant)).at(-1)?.[1]).toEqual({ variantId: variant, available: 90 });
  });

  it('records a new item once when several count it at once', async () => {
    const variantId = newId();
    const count = () =>
      shop.query(
        `mutation ($input: SetStockInput!) { setStock(input: $input) { __typename } }`,
        { input: { variantId, locationId: shop.locations.berlin, onHand: 7, expectedVersion: 0 } },
        staff(),
      );
    const answers = await Promise.all(forty.slice(0, 10).map(count));
    const names = answers.map(({ data }) => data.setStock.__typename);
    expect(names.filter((name) => name === 'StockItem')).toHaveLength(1);
    expect(names.filter((name) => name === 'StaleVersionError')).toHaveLength(9);
    expect(await shop.itemsOf(variantId)).toEqual({ berlin: { onHand: 7, reserved: 0, version: 1 } });
  });
});

const sharedDatabases = databaseEngines.filter(({ engine }) => engine === 'postgresql');

describe.each(sharedDatabases)('two instances on one $engine', ({ freshUrl }) => {
  it('give the last unit to exactly one of 100', async () => {
    const databaseUrl = freshUrl();
    const shop = await openInventory(databaseUrl);
    const services = localServices();
    const second = await testSubgraph(inventory, { databaseUrl, services, clock: shop.clock });
    const directory = createDirectory({
      contextSecret: second.contextSecret,
      transportTo: services.transportTo,
      timeoutMs: 25_000,
    });
    const clients = [
      shop.rpc,
      directory.client(inventoryRpc, serviceContext('orders', 'request-2')),
    ] as const;
    const variantId = await shop.variantWith({ leeds: 1 });
    const answers = await Promise.all(
      hundred.map((index) =>
        clients[index % 2 === 0 ? 0 : 1].reserve({
          reservationId: newId(),
          orderId: newId(),
          lines: [{ variantId, quantity: 1 }],
        }),
      ),
    );
    expect(answers.filter(({ result }) => result.case === 'reservation')).toHaveLength(1);
    expect(answers.filter(({ result }) => result.case === 'insufficientStock')).toHaveLength(99);
    expect(await shop.contradictions()).toEqual([]);
    await second.stop();
    await shop.stop();
  });
});

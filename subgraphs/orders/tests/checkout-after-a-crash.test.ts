import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-orders-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Every moment at which a checkout talks to another service: what it has recorded by then is all that a crash leaves. */
const moments = (
  ['pricing.quote', 'inventory.reserve', 'payments.authorize', 'inventory.commit'] as const
).flatMap((method) => [
  { method, when: 'before' as const },
  { method, when: 'after' as const },
]);
const beforePayment = moments.filter(({ method }) => !/authorize|commit/.test(method));

describe.each(databaseEngines)('a checkout whose process stopped, on $engine', ({ engine, freshUrl }) => {
  const worlds: OrdersWithFakes[] = [];
  afterAll(async () => {
    for (const world of worlds) await world.stop();
  });
  // A file, as two processes cannot share memory.
  const databaseUrl = engine === 'sqlite' ? `sqlite:${join(folder, `${newId()}.sqlite`)}` : freshUrl();
  const clock = fixedClock();
  const start = async (shop?: OrdersWithFakes['shop']) => {
    const world = await ordersWithFakes({ databaseUrl, clock, ...(shop === undefined ? {} : { shop }) });
    worlds.push(world);
    return world;
  };
  const bothStarted = (async () => {
    const first = await start();
    return { first, second: await start(first.shop) };
  })();

  /** A checkout that has come to a moment and no further; `wakeUp` lets its process go on, as a stalled one may. */
  const stoppedAt = async ({ method, when }: (typeof moments)[number]) => {
    const { first, second } = await bothStarted;
    const shirt = first.shop.withVariant({ stock: 1 });
    const guest = buyer(first.subgraph);
    const cartId = await guest.prepares([shirt, 1]);
    const held = first.shop.faults.hold(method, when);
    const stalled = guest.placeOrder(cartId, { key: 'k' });
    const wakeUp = await held;
    clock.advance(61_000);
    return { shop: first.shop, shirt, cartId, stalled, wakeUp, guest: buyer(second.subgraph) };
  };

  it.each(moments)('goes on from where it was, $when $method', async (moment) => {
    const { shop, shirt, cartId, stalled, wakeUp, guest } = await stoppedAt(moment);
    const order = await guest.placeOrder(cartId, { key: 'k' });
    expect(order).toMatchObject({ state: 'PAID' });
    expect(shop.paymentsOf(order.id)).toHaveLength(1);
    expect(shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });

    wakeUp();
    expect(await stalled).toMatchObject({ id: order.id });
    expect(shop.paymentsOf(order.id)).toHaveLength(1);
    expect(shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    expect((await guest.order(order.id)).history).toHaveLength(2);
  });

  it.each(beforePayment)('gives way to another key, $when $method', async (moment) => {
    const { shop, shirt, cartId, stalled, wakeUp, guest } = await stoppedAt(moment);
    const order = await guest.placeOrder(cartId, { key: 'other' });
    expect(order).toMatchObject({ state: 'PAID' });
    expect(shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });

    wakeUp();
    await expect(stalled).rejects.toMatchObject({
      errors: [{ extensions: { code: 'CHECKOUT_ABANDONED' } }],
    });
    expect(shop.paymentsOf(order.id)).toHaveLength(1);
    expect(shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });

  it('goes on in the language that it was begun in', async () => {
    const { second } = await bothStarted;
    const { cartId, stalled, wakeUp } = await stoppedAt({ method: 'pricing.quote', when: 'before' });
    const french = buyer(second.subgraph, { locale: 'fr' });
    const order = await french.placeOrder(cartId, { key: 'k' });
    expect(order).toMatchObject({ lines: [{ name: 'A shirt (en)' }] });
    wakeUp();
    await stalled;
  });

  it('takes no money for stock that was set aside before, ran out of time and was sold', async () => {
    const { shop, shirt, cartId, stalled, wakeUp, guest } = await stoppedAt({
      method: 'inventory.reserve',
      when: 'after',
    });
    shop.expireReservations();
    expect(await guest.placeOrder(await guest.prepares([shirt, 1]))).toMatchObject({ state: 'PAID' });
    shop.faults.forget();
    const refused = { code: 'INSUFFICIENT_STOCK', available: 0 };
    expect(await guest.placeOrder(cartId, { key: 'k' })).toMatchObject(refused);
    wakeUp();
    expect(await stalled).toMatchObject(refused);
    expect(shop.faults.calls('payments.authorize')).toBe(0);
  });

  it('gives way to no other key once money may have been taken: the first is finished', async () => {
    const { shop, shirt, cartId, stalled, wakeUp, guest } = await stoppedAt({
      method: 'payments.authorize',
      when: 'after',
    });
    const closed = await guest.placeOrder(cartId, { key: 'other' });
    expect(closed).toMatchObject({ __typename: 'CartClosedError' });
    expect(shop.paymentsOf(closed.orderId)).toHaveLength(1);
    expect(shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    wakeUp();
    expect(await stalled).toMatchObject({ id: closed.orderId, state: 'PAID' });
  });
});

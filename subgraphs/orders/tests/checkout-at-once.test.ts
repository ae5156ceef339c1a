import { databaseEngines, postgresUrl } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('checkouts at once on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl(), environment: { CHECKOUT_WAIT_MS: '20000' } });
    guest = buyer(world.subgraph);
  });
  afterAll(() => world.stop());

  it('makes one order and one payment of 20 requests with one key', async () => {
    const shirt = world.shop.withVariant({ stock: 20 });
    const cartId = await guest.prepares([shirt, 1]);
    const place = () => guest.placeOrder(cartId, { key: 'one' });
    const answers = await Promise.all(Array.from({ length: 20 }, place));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers[0]).toMatchObject({ state: 'PAID' });
    expect(world.shop.paymentsOf(answers[0].id)).toHaveLength(1);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 19, reserved: 0 });
  });

  it('makes one order of a cart that is bought with ten keys', async () => {
    const shirt = world.shop.withVariant({ stock: 20 });
    const cartId = await guest.prepares([shirt, 1]);
    const answers = await Promise.all(Array.from({ length: 10 }, () => guest.placeOrder(cartId)));
    const orders = answers.filter(({ __typename }) => __typename === 'Order');
    expect(orders).toHaveLength(1);
    for (const other of answers.filter((answer) => answer !== orders[0])) {
      expect(['CHECKOUT_IN_PROGRESS', 'CART_CLOSED']).toContain(other.code);
    }
    expect(world.shop.paymentsOf(orders[0].id)).toHaveLength(1);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 19, reserved: 0 });
  });

  it('sells the last one once to 15 buyers', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const carts = await Promise.all(Array.from({ length: 15 }, () => guest.prepares([shirt, 1])));
    const answers = await Promise.all(carts.map((cartId) => guest.placeOrder(cartId)));
    expect(answers.filter(({ state }) => state === 'PAID')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'INSUFFICIENT_STOCK')).toHaveLength(14);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });

  it('gives every order a number of its own', async () => {
    const shirt = world.shop.withVariant({ stock: 20 });
    const carts = await Promise.all(Array.from({ length: 10 }, () => guest.prepares([shirt, 1])));
    const orders = await Promise.all(carts.map((cartId) => guest.placeOrder(cartId)));
    expect(new Set(orders.map(({ number }) => number)).size).toBe(10);
  });

  it('lets nobody change the cart or buy it with another key while a checkout runs', async () => {
    const shirt = world.shop.withVariant();
    const cart = await guest.fills([shirt, 1]);
    const cartId = await guest.prepares([shirt, 1]);
    const held = world.shop.faults.hold('payments.authorize', 'before');
    const running = guest.placeOrder(cartId);
    const goOn = await held;
    const locked = { __typename: 'CartLockedError' };
    expect(await guest.mutate('setCartEmail', { cartId, email: 'a@example.com' })).toMatchObject(locked);
    expect(await guest.mutate('addItemToCart', { cartId, variantId: shirt, quantity: 1 })).toMatchObject(
      locked,
    );
    expect(await guest.placeOrder(cartId)).toMatchObject({ __typename: 'CheckoutInProgressError' });
    expect(await guest.mutate('setCartEmail', { cartId: cart.id, email: 'a@example.com' })).toMatchObject({
      __typename: 'Cart',
    });
    goOn();
    expect(await running).toMatchObject({
      state: 'PAID',
      email: 'buyer@example.com',
      lines: [{ quantity: 1 }],
    });
  });
});

describe('a caller who will not wait', () => {
  it('learns that the checkout of the same key still runs', async () => {
    const world = await ordersWithFakes({ environment: { CHECKOUT_WAIT_MS: '0' } });
    const guest = buyer(world.subgraph);
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    const held = world.shop.faults.hold('pricing.quote', 'before');
    const running = guest.placeOrder(cartId, { key: 'k' });
    const goOn = await held;
    expect(await guest.placeOrder(cartId, { key: 'k' })).toMatchObject({ code: 'CHECKOUT_IN_PROGRESS' });
    goOn();
    expect(await running).toMatchObject({ state: 'PAID' });
    await world.stop();
  });
});

describe.skipIf(postgresUrl() === null)('two instances on one database', () => {
  it('make one order of one key, and never give a number twice', async () => {
    const databaseUrl = databaseEngines.find(({ engine }) => engine === 'postgresql')?.freshUrl() ?? '';
    const environment = { CHECKOUT_WAIT_MS: '20000' };
    const one = await ordersWithFakes({ databaseUrl, environment });
    const two = await ordersWithFakes({ databaseUrl, environment, shop: one.shop });
    const buyers = [buyer(one.subgraph), buyer(two.subgraph)] as const;
    const shirt = one.shop.withVariant({ stock: 50 });

    const cartId = await buyers[0].prepares([shirt, 1]);
    const same = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        buyers[index % 2 === 0 ? 0 : 1].placeOrder(cartId, { key: 'k' }),
      ),
    );
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    expect(one.shop.paymentsOf(same[0].id)).toHaveLength(1);

    const carts = await Promise.all(Array.from({ length: 10 }, () => buyers[0].prepares([shirt, 1])));
    const orders = await Promise.all(
      carts.map((id, index) => buyers[index % 2 === 0 ? 0 : 1].placeOrder(id)),
    );
    expect(new Set(orders.map(({ number }) => number)).size).toBe(10);
    await one.stop();
    await two.stop();
  });
});

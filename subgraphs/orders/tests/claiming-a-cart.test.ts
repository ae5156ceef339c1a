import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('claiming a cart on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    guest = buyer(world.subgraph);
  });
  afterAll(() => world.stop());
  const somebody = () => {
    const id = newId();
    return { id, viewer: customer(id), ...buyer(world.subgraph, customer(id)) };
  };

  it("makes a guest's cart the user's own", async () => {
    const user = somebody();
    const { id: cartId } = await guest.fills([world.shop.withVariant(), 2]);
    expect(await user.mutate('claimCart', { cartId })).toMatchObject({
      id: cartId,
      buyer: { id: user.id },
      lines: [{ quantity: 2 }],
    });
    expect(await guest.cart(cartId)).toBeNull();
  });

  it('merges the lines into the cart that the user has, and closes the other', async () => {
    const user = somebody();
    const [shirt, mug, plenty] = [
      world.shop.withVariant(),
      world.shop.withVariant(),
      world.shop.withVariant({ stock: 5_000 }),
    ];
    world.shop.withCoupon('HELLO', 1);
    const own = await user.fills([shirt, 1], [plenty, 700]);
    const theirs = await guest.fills([shirt, 2], [mug, 1], [plenty, 700]);
    await guest.mutate('applyCoupon', { cartId: theirs.id, code: 'HELLO' });
    await guest.mutate('setShippingAddress', { cartId: theirs.id, address });

    const merged = await user.mutate('claimCart', { cartId: theirs.id });
    expect(merged).toMatchObject({
      id: own.id,
      couponCodes: ['HELLO'],
      shippingAddress: { city: 'Berlin' },
      lines: [
        { variantId: shirt, quantity: 3 },
        { variantId: plenty, quantity: 1_000 },
        { variantId: mug, quantity: 1 },
      ],
    });
    const { __typename, ...cart } = merged;
    expect(await user.cart(theirs.id)).toEqual(cart);
    expect(await guest.cart(theirs.id)).toBeNull();
    expect(await user.mutate('claimCart', { cartId: theirs.id })).toEqual(merged);
  });

  it('happens by itself in any mutation of a signed-in user', async () => {
    const user = somebody();
    const shirt = world.shop.withVariant();
    const { id: cartId } = await guest.fills([shirt, 1]);
    const line = { cartId, variantId: shirt, quantity: 1 };
    expect(await user.mutate('addItemToCart', line)).toMatchObject({
      id: cartId,
      buyer: { id: user.id },
      lines: [{ quantity: 2 }],
    });
  });

  it('happens when a signed-in user says where it goes, also by the id of one that was merged', async () => {
    const user = somebody();
    const first = await guest.fills([world.shop.withVariant(), 1]);
    const email = 'ada@example.com';
    expect(await user.mutate('setCartEmail', { cartId: first.id, email })).toMatchObject({
      id: first.id,
      email,
      buyer: { id: user.id },
    });
    const second = await guest.fills([world.shop.withVariant(), 1]);
    for (const city of ['Berlin', 'Leeds']) {
      const input = { cartId: second.id, address: { ...address, city } };
      expect(await user.mutate('setShippingAddress', input)).toMatchObject({
        id: first.id,
        email,
        shippingAddress: { city },
        lines: [{ quantity: 1 }, { quantity: 1 }],
      });
    }
  });

  it('does not happen when the mutation is refused', async () => {
    const user = somebody();
    const shirt = world.shop.withVariant({ stock: 2 });
    const { id: cartId } = await guest.fills([shirt, 2]);
    const line = { cartId, variantId: shirt, quantity: 1 };
    expect(await user.mutate('addItemToCart', line)).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    expect(await guest.cart(cartId)).toMatchObject({ buyer: null });
  });

  it('happens when a signed-in user buys it, once with the lines of both carts', async () => {
    const user = somebody();
    const [shirt, mug] = [world.shop.withVariant(), world.shop.withVariant()];
    await user.prepares([mug, 1]);
    const { id: cartId } = await guest.fills([shirt, 1]);
    const order = await user.placeOrder(cartId, { key: 'k' });
    expect(order).toMatchObject({
      state: 'PAID',
      buyer: { id: user.id },
      lines: [{ variantId: mug }, { variantId: shirt }],
    });
    expect(await user.placeOrder(cartId, { key: 'k' })).toEqual(order);
  });

  it("finds no other user's cart", async () => {
    const [one, two] = [somebody(), somebody()];
    const { id: cartId } = await one.fills([world.shop.withVariant(), 1]);
    for (const claimer of [two, buyer(world.subgraph, staff())]) {
      expect(await claimer.mutate('claimCart', { cartId })).toMatchObject({ code: 'CART_NOT_FOUND' });
    }
    expect(await one.cart(cartId)).toMatchObject({ buyer: { id: one.id } });
  });

  it('is for users alone', async () => {
    const { id: cartId } = await guest.fills([world.shop.withVariant(), 1]);
    await expect(guest.mutate('claimCart', { cartId })).rejects.toMatchObject({
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('finds a cart that was ordered closed', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    const { id: orderId } = await guest.placeOrder(cartId);
    expect(await somebody().mutate('claimCart', { cartId })).toMatchObject({ code: 'CART_CLOSED', orderId });
  });

  it('waits for a checkout that runs', async () => {
    const user = somebody();
    const shirt = world.shop.withVariant();
    const cartId = await guest.prepares([shirt, 1]);
    await guest.placeOrder(cartId, { token: 'tok_action' });
    expect(await user.mutate('claimCart', { cartId })).toMatchObject({ code: 'CART_LOCKED' });
    await expect(world.rpc().claimCart({ cartId, userId: user.id })).rejects.toMatchObject({
      code: 'CART_LOCKED',
    });

    const own = await user.prepares([shirt, 1]);
    await user.placeOrder(own, { token: 'tok_action' });
    const { id: another } = await guest.fills([shirt, 1]);
    expect(await user.mutate('claimCart', { cartId: another })).toMatchObject({ code: 'CART_LOCKED' });
    expect(await user.placeOrder(another)).toMatchObject({ code: 'CHECKOUT_IN_PROGRESS' });
    expect(await user.mutate('createCart', {})).toMatchObject({ code: 'CART_LOCKED' });
  });

  it('puts the lines of five carts that are claimed at once into one', async () => {
    const user = somebody();
    const shirt = world.shop.withVariant({ stock: 50 });
    const carts = await Promise.all(Array.from({ length: 5 }, () => guest.fills([shirt, 1])));
    await Promise.all(carts.map(({ id }) => user.mutate('claimCart', { cartId: id })));
    expect(await user.mutate('createCart', {})).toMatchObject({ lines: [{ quantity: 5 }] });
  });

  describe('by rpc, as at sign-in', () => {
    it('makes the cart the user’s, and answers the same again', async () => {
      const user = somebody();
      const { id: cartId } = await guest.fills([world.shop.withVariant(), 1]);
      for (let time = 1; time <= 2; time += 1) {
        expect(await world.rpc().claimCart({ cartId, userId: user.id })).toMatchObject({ cartId });
      }
      expect(await user.cart(cartId)).toMatchObject({ buyer: { id: user.id }, lines: [{ quantity: 1 }] });
    });

    it('answers with the cart that it was merged into', async () => {
      const user = somebody();
      const own = await user.mutate('createCart', {});
      const { id: cartId } = await guest.fills([world.shop.withVariant(), 1]);
      expect(await world.rpc().claimCart({ cartId, userId: user.id })).toMatchObject({ cartId: own.id });
    });

    it.each([
      ['there is none', async () => newId()],
      ['it has no id', async () => ''],
      ["it is another user's", async () => (await somebody().mutate('createCart', {})).id],
    ])('answers with none when %s', async (_, cart) => {
      const answer = await world.rpc().claimCart({ cartId: await cart(), userId: newId() });
      expect(answer.cartId).toBe('');
    });

    it('refuses no user, and one user who claims for another', async () => {
      const { id: cartId } = await guest.mutate('createCart', {});
      await expect(world.rpc().claimCart({ cartId, userId: '' })).rejects.toMatchObject({
        kind: 'bad-input',
      });
      await expect(world.rpc(customer(newId())).claimCart({ cartId, userId: newId() })).rejects.toMatchObject(
        { kind: 'forbidden' },
      );
      expect(await guest.cart(cartId)).toMatchObject({ buyer: null });
    });
  });
});

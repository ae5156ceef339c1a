import { fixedClock, newId } from '@stoa/clock';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('a cart on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => world.shop.faults.mend());
  afterAll(() => world.stop());

  /** Asserts that a mutation is refused with the code and that the cart stays as it was. */
  const refuses = async (cartId: string, mutation: string, input: object, expected: object) => {
    const before = await guest.cart(cartId);
    expect(await guest.mutate(mutation, { cartId, ...input })).toMatchObject(expected);
    expect(await guest.cart(cartId)).toEqual(before);
  };

  describe('that is opened', () => {
    it('is empty, in the currency of the request, and belongs to nobody', async () => {
      const cart = await buyer(world.subgraph, { currency: 'GBP' }).mutate('createCart', {});
      expect(cart).toMatchObject({ state: 'OPEN', currency: 'GBP', buyer: null, lines: [], version: 1 });
      expect(await guest.cart(cart.id)).toMatchObject({ id: cart.id, currency: 'GBP' });
    });

    it('may be opened without any input', async () => {
      const { data } = await world.subgraph.query('mutation { createCart { ... on Cart { currency } } }');
      expect(data.createCart).toEqual({ currency: 'EUR' });
    });

    it('takes a currency and lines, adding up those of one variant', async () => {
      const [shirt, mug] = [world.shop.withVariant(), world.shop.withVariant()];
      const lines = [
        { variantId: shirt, quantity: 1 },
        { variantId: mug },
        { variantId: shirt, quantity: 2 },
      ];
      expect(await guest.mutate('createCart', { currency: 'USD', lines })).toMatchObject({
        currency: 'USD',
        lines: [
          { variantId: shirt, variant: { id: shirt }, quantity: 3 },
          { variantId: mug, quantity: 1 },
        ],
      });
    });

    it.each([
      [
        'a quantity of zero',
        () => [{ variantId: world.shop.withVariant(), quantity: 0 }],
        'input.lines.0.quantity',
      ],
      [
        'more than 100 lines',
        () => Array.from({ length: 101 }, () => ({ variantId: newId(), quantity: 1 })),
        'input.lines',
      ],
    ])('refuses %s', async (_, lines, field) => {
      expect(await guest.mutate('createCart', { lines: lines() })).toMatchObject({
        code: 'INVALID_INPUT',
        field,
      });
    });

    it('refuses a variant that is not sold, and more than there is', async () => {
      const missing = newId();
      expect(await guest.mutate('createCart', { lines: [{ variantId: missing }] })).toMatchObject({
        code: 'VARIANT_NOT_FOUND',
        variantId: missing,
      });
      const rare = world.shop.withVariant({ stock: 1 });
      expect(await guest.mutate('createCart', { lines: [{ variantId: rare, quantity: 2 }] })).toMatchObject({
        code: 'INSUFFICIENT_STOCK',
        available: 1,
      });
    });

    it('is the open cart of a user who has one, with the lines added and the currency asked for', async () => {
      const [shirt, mug] = [world.shop.withVariant(), world.shop.withVariant()];
      const user = buyer(world.subgraph, customer(newId()));
      const first = await user.fills([shirt, 1]);
      const second = await user.fills([shirt, 2], [mug, 1]);
      expect(second).toMatchObject({
        id: first.id,
        currency: 'EUR',
        lines: [{ variantId: shirt, quantity: 3 }, { variantId: mug }],
      });
      expect(await user.mutate('createCart', { currency: 'USD' })).toMatchObject({
        id: first.id,
        currency: 'USD',
      });
    });

    it('is one for a user, also when ten are opened at once', async () => {
      const user = buyer(world.subgraph, customer(newId()));
      const carts = await Promise.all(Array.from({ length: 10 }, () => user.mutate('createCart', {})));
      expect(new Set(carts.map(({ id }) => id)).size).toBe(1);
    });

    it('is another after the first was ordered', async () => {
      const user = buyer(world.subgraph, customer(newId()));
      const cartId = await user.prepares([world.shop.withVariant(), 1]);
      await user.placeOrder(cartId);
      expect((await user.mutate('createCart', {})).id).not.toBe(cartId);
    });
  });

  describe('addItemToCart', () => {
    it('adds a line, adds to it, and moves the version on each time', async () => {
      const [shirt, mug] = [world.shop.withVariant(), world.shop.withVariant()];
      const { id: cartId } = await guest.mutate('createCart', {});
      const add = (variantId: string, quantity: number) =>
        guest.mutate('addItemToCart', { cartId, variantId, quantity });
      const first = await add(shirt, 2);
      expect(first).toMatchObject({ lines: [{ variantId: shirt, quantity: 2 }] });
      await add(mug, 1);
      const last = await add(shirt, 3);
      expect(last.lines).toMatchObject([
        { variantId: shirt, quantity: 5 },
        { variantId: mug, quantity: 1 },
      ]);
      expect(last.version).toBeGreaterThan(first.version);
      expect(await guest.cart(cartId)).toEqual({ ...last, __typename: undefined });
    });

    it.each([-1, 0, 1_001])('refuses a quantity of %i', async (quantity) => {
      const shirt = world.shop.withVariant({ stock: 5_000 });
      const { id } = await guest.fills([shirt, 1]);
      await refuses(id, 'addItemToCart', { variantId: shirt, quantity }, { field: 'input.quantity' });
    });

    it('refuses to fill a line above 1,000', async () => {
      const shirt = world.shop.withVariant({ stock: 5_000 });
      const { id } = await guest.fills([shirt, 600]);
      const expected = { code: 'INVALID_INPUT', message: expect.stringContaining('at most 1000') };
      await refuses(id, 'addItemToCart', { variantId: shirt, quantity: 401 }, expected);
    });

    it('refuses a 101st line', async () => {
      const variants = Array.from({ length: 100 }, () => world.shop.withVariant());
      const { id } = await guest.fills(...variants.map((variant) => [variant, 1] as const));
      const expected = { code: 'INVALID_INPUT', message: expect.stringContaining('at most 100 lines') };
      await refuses(id, 'addItemToCart', { variantId: world.shop.withVariant(), quantity: 1 }, expected);
    });

    it('refuses a variant that is not sold', async () => {
      const { id } = await guest.mutate('createCart', {});
      for (const variantId of [newId(), 'no-such-sku']) {
        await refuses(id, 'addItemToCart', { variantId }, { code: 'VARIANT_NOT_FOUND', variantId });
      }
    });

    it('refuses more than there is, counting what the cart holds', async () => {
      const shirt = world.shop.withVariant({ stock: 3 });
      const { id } = await guest.fills([shirt, 2]);
      const expected = { code: 'INSUFFICIENT_STOCK', variantId: shirt, requested: 4, available: 3 };
      await refuses(id, 'addItemToCart', { variantId: shirt, quantity: 2 }, expected);
    });

    it('does not wait for an inventory that is down: the order decides', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      world.shop.faults.fail('inventory.getAvailability');
      const line = { cartId, variantId: shirt, quantity: 1 };
      expect(await guest.mutate('addItemToCart', line)).toMatchObject({ lines: [{ quantity: 2 }] });
      expect(await guest.placeOrder(cartId)).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    });

    it('fails when the catalogue is down', async () => {
      const { id } = await guest.mutate('createCart', {});
      world.shop.faults.fail('catalog.getVariants');
      const line = { cartId: id, variantId: newId(), quantity: 1 };
      await expect(guest.mutate('addItemToCart', line)).rejects.toMatchObject({
        errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
      });
    });

    it('loses none of ten that are added at once', async () => {
      const shirt = world.shop.withVariant({ stock: 50 });
      const { id: cartId } = await guest.mutate('createCart', {});
      const line = { cartId, variantId: shirt, quantity: 1 };
      await Promise.all(Array.from({ length: 10 }, () => guest.mutate('addItemToCart', line)));
      expect(await guest.cart(cartId)).toMatchObject({ lines: [{ quantity: 10 }] });
    });
  });

  describe('updateCartLine', () => {
    it('sets the quantity', async () => {
      const { id: cartId, lines } = await guest.fills([world.shop.withVariant(), 1]);
      const update = { cartId, lineId: lines[0].id, quantity: 4 };
      expect(await guest.mutate('updateCartLine', update)).toMatchObject({ lines: [{ quantity: 4 }] });
    });

    it('changes nothing when the quantity is what it was', async () => {
      const { id: cartId, lines, version } = await guest.fills([world.shop.withVariant(), 2]);
      const update = { cartId, lineId: lines[0].id, quantity: 2 };
      expect(await guest.mutate('updateCartLine', update)).toMatchObject({ version });
    });

    it.each([-1, 0, 1_001])('refuses a quantity of %i', async (quantity) => {
      const { id, lines } = await guest.fills([world.shop.withVariant({ stock: 2_000 }), 1]);
      await refuses(id, 'updateCartLine', { lineId: lines[0].id, quantity }, { field: 'input.quantity' });
    });

    it('refuses more than there is', async () => {
      const { id, lines } = await guest.fills([world.shop.withVariant({ stock: 3 }), 1]);
      const expected = { code: 'INSUFFICIENT_STOCK', requested: 4, available: 3 };
      await refuses(id, 'updateCartLine', { lineId: lines[0].id, quantity: 4 }, expected);
    });

    it('finds no line that is not there, nor one of another cart', async () => {
      const { id } = await guest.fills([world.shop.withVariant(), 1]);
      const other = await guest.fills([world.shop.withVariant(), 1]);
      for (const lineId of [newId(), 'nothing', other.lines[0].id]) {
        await refuses(id, 'updateCartLine', { lineId, quantity: 2 }, { code: 'CART_LINE_NOT_FOUND' });
      }
    });
  });

  describe('removeCartLine', () => {
    it('takes the line out and leaves the others', async () => {
      const [shirt, mug] = [world.shop.withVariant(), world.shop.withVariant()];
      const { id: cartId, lines } = await guest.fills([shirt, 1], [mug, 1]);
      const removal = { cartId, lineId: lines[0].id };
      expect(await guest.mutate('removeCartLine', removal)).toMatchObject({ lines: [{ variantId: mug }] });
      expect((await guest.cart(cartId)).lines).toHaveLength(1);
      expect(await guest.mutate('removeCartLine', removal)).toMatchObject({ code: 'CART_LINE_NOT_FOUND' });
    });
  });

  describe('its coupons', () => {
    it('are put on once, however they are typed, and taken off', async () => {
      world.shop.withCoupon('SPRING', 10);
      const { id: cartId } = await guest.fills([world.shop.withVariant(), 1]);
      const first = await guest.mutate('applyCoupon', { cartId, code: ' spring ' });
      expect(first).toMatchObject({ couponCodes: ['SPRING'] });
      expect(await guest.mutate('applyCoupon', { cartId, code: 'SPRING' })).toEqual(first);
      const off = await guest.mutate('removeCoupon', { cartId, code: 'Spring' });
      expect(off).toMatchObject({ couponCodes: [] });
      expect(await guest.mutate('removeCoupon', { cartId, code: 'SPRING' })).toEqual(off);
    });

    it('are refused when pricing rejects them', async () => {
      const { id } = await guest.fills([world.shop.withVariant(), 1]);
      const expected = { code: 'COUPON_REJECTED', couponCode: 'NOPE' };
      await refuses(id, 'applyCoupon', { code: 'nope' }, expected);
    });

    it('are refused without a code, with one that is too long, and beyond ten', async () => {
      const { id: cartId } = await guest.fills([world.shop.withVariant(), 1]);
      for (const code of ['  ', 'X'.repeat(65)])
        await refuses(cartId, 'applyCoupon', { code }, { field: 'input.code' });
      for (let index = 0; index < 10; index += 1) {
        world.shop.withCoupon(`C${index}`, 1);
        await guest.mutate('applyCoupon', { cartId, code: `C${index}` });
      }
      world.shop.withCoupon('C10', 1);
      await refuses(cartId, 'applyCoupon', { code: 'C10' }, { code: 'INVALID_INPUT' });
    });
  });

  describe('its addresses', () => {
    it('are kept trimmed, the country in capitals, what is empty as null', async () => {
      const { id: cartId } = await guest.mutate('createCart', {});
      const given = { ...address, recipient: '  Ada Buyer ', line2: ' ', country: 'de' };
      expect(await guest.mutate('setShippingAddress', { cartId, address: given })).toMatchObject({
        shippingAddress: {
          recipient: 'Ada Buyer',
          line1: '1 Market Street',
          line2: null,
          city: 'Berlin',
          region: null,
          postalCode: '10115',
          country: 'DE',
          phone: null,
        },
      });
    });

    it('has a billing address that can be taken away again', async () => {
      const { id: cartId } = await guest.mutate('createCart', {});
      expect(await guest.mutate('setBillingAddress', { cartId, address })).toMatchObject({
        billingAddress: { city: 'Berlin' },
      });
      expect(await guest.mutate('setBillingAddress', { cartId, address: null })).toMatchObject({
        billingAddress: null,
      });
    });

    it.each(['setShippingAddress', 'setBillingAddress'])('are checked: %s', async (mutation) => {
      const { id } = await guest.mutate('createCart', {});
      const bad = { ...address, country: 'Germany' };
      await refuses(
        id,
        mutation,
        { address: bad },
        { code: 'INVALID_INPUT', field: 'input.address.country' },
      );
    });
  });

  describe('its e-mail address', () => {
    it('is kept in lower case', async () => {
      const { id: cartId } = await guest.mutate('createCart', {});
      expect(await guest.mutate('setCartEmail', { cartId, email: ' Ada@Example.COM ' })).toMatchObject({
        email: 'ada@example.com',
      });
    });

    it('is checked', async () => {
      const { id } = await guest.mutate('createCart', {});
      await refuses(id, 'setCartEmail', { email: 'nobody' }, { code: 'INVALID_INPUT', field: 'input.email' });
    });
  });
});

describe('the version of a cart', () => {
  it('moves on with every change, also with two of its lines within a millisecond', async () => {
    const world = await ordersWithFakes({ clock: fixedClock() });
    const guest = buyer(world.subgraph);
    const variantId = world.shop.withVariant();
    const { id: cartId, version, lines } = await guest.fills([variantId, 1]);
    const added = await guest.mutate('addItemToCart', { cartId, variantId, quantity: 1 });
    const removed = await guest.mutate('removeCartLine', { cartId, lineId: lines[0].id });
    expect([version, added.version, removed.version]).toEqual([1, 2, 3]);
    await world.stop();
  });
});

import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const prices = `
  lines { quantity unitPrice { net { amount } tax { amount } gross { amount } }
    subtotal { gross { amount } } total { gross { amount } } }
  subtotal { amount currency } discounts { name couponCode amount { amount } }
  shipping { amount } tax { amount } total { amount currency }
`;
const problems = 'lines { id } problems { code message lineId }';

describe.each(databaseEngines)('the prices of a cart on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => {
    world.shop.faults.mend();
    world.shop.faults.forget();
  });
  afterAll(() => world.stop());

  it('are quoted once a request, however many of them are selected', async () => {
    const [shirt, mug] = [world.shop.withVariant({ price: 1_200 }), world.shop.withVariant({ price: 600 })];
    const { id } = await guest.fills([shirt, 2], [mug, 1]);
    expect(await guest.cart(id, `${prices} problems { code }`)).toMatchObject({
      lines: [
        {
          unitPrice: { net: { amount: 1_000 }, tax: { amount: 200 }, gross: { amount: 1_200 } },
          subtotal: { gross: { amount: 2_400 } },
          total: { gross: { amount: 2_400 } },
        },
        { unitPrice: { gross: { amount: 600 } } },
      ],
      subtotal: { amount: 3_000, currency: 'EUR' },
      discounts: [],
      shipping: { amount: 0 },
      tax: { amount: 500 },
      total: { amount: 3_000, currency: 'EUR' },
    });
    expect(world.shop.faults.calls('pricing.quote')).toBe(1);
  });

  it('are not asked for unless one is selected', async () => {
    const { id } = await guest.fills([world.shop.withVariant(), 1]);
    await guest.cart(id);
    expect(world.shop.faults.calls('pricing.quote')).toBe(0);
  });

  it.each(['EUR', 'USD'])(
    'add up with a coupon in %s: subtotal less discounts is total',
    async (currency) => {
      world.shop.withCoupon('THIRD', 33);
      const lines = [{ variantId: world.shop.withVariant({ price: 1_999 }), quantity: 3 }];
      const { id } = await guest.mutate('createCart', { currency, lines });
      await guest.mutate('applyCoupon', { cartId: id, code: 'THIRD' });
      const { subtotal, discounts, total } = await guest.cart(id, prices);
      expect(discounts).toMatchObject([{ name: 'Coupon THIRD', couponCode: 'THIRD' }]);
      expect(discounts[0].amount.amount).toBeGreaterThan(1_900);
      expect(subtotal.amount - discounts[0].amount.amount).toBe(total.amount);
    },
  );

  it('are zero for an empty cart, without asking', async () => {
    const { id } = await guest.mutate('createCart', {});
    expect(await guest.cart(id, prices)).toMatchObject({ subtotal: { amount: 0 }, total: { amount: 0 } });
    expect(world.shop.faults.calls('pricing.quote')).toBe(0);
  });

  it('are null while pricing is down, and the cart answers all the same', async () => {
    const shirt = world.shop.withVariant();
    const { id } = await guest.fills([shirt, 2]);
    world.shop.faults.fail('pricing.quote');
    expect(await guest.cart(id, `lines { variantId } ${prices} problems { code }`)).toMatchObject({
      lines: [{ variantId: shirt, quantity: 2, unitPrice: null, total: null }],
      subtotal: null,
      discounts: [],
      tax: null,
      total: null,
      problems: expect.arrayContaining([{ code: 'PRICING_UNAVAILABLE' }]),
    });
  });

  it('have no total while a line has no price', async () => {
    const [shirt, free] = [world.shop.withVariant({ price: 500 }), world.shop.withVariant({ price: null })];
    const { id } = await guest.fills([shirt, 1], [free, 1]);
    expect(await guest.cart(id, prices)).toMatchObject({
      lines: [{ unitPrice: { gross: { amount: 500 } } }, { unitPrice: null }],
      subtotal: null,
      total: null,
    });
  });

  it('are none in a currency that nothing is sold in', async () => {
    const lines = [{ variantId: world.shop.withVariant() }];
    const { id } = await guest.mutate('createCart', { currency: 'XTS', lines });
    const cart = await guest.cart(id, `total { amount } ${problems}`);
    expect(cart.total).toBeNull();
    expect(cart.problems).toContainEqual(
      expect.objectContaining({ code: 'NO_PRICE', lineId: cart.lines[0].id }),
    );
  });

  it('are no longer told of a cart that was ordered', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    await guest.placeOrder(cartId);
    expect(await guest.cart(cartId, 'total { amount } problems { code }')).toEqual({
      total: null,
      problems: [],
    });
  });

  describe('and its problems', () => {
    it('are what a new cart lacks', async () => {
      const { id } = await guest.mutate('createCart', {});
      const cart = await guest.cart(id, problems);
      expect(cart.problems.map(({ code }: { code: string }) => code)).toEqual([
        'EMPTY',
        'EMAIL_MISSING',
        'ADDRESS_MISSING',
      ]);
    });

    it('are none when it can be ordered', async () => {
      const cartId = await guest.prepares([world.shop.withVariant(), 1]);
      expect((await guest.cart(cartId, problems)).problems).toEqual([]);
    });

    it('name the line and what is wrong with it, and the coupon', async () => {
      world.shop.withCoupon('BRIEF', 5);
      const [gone, rare, free] = [
        world.shop.withVariant(),
        world.shop.withVariant(),
        world.shop.withVariant(),
      ];
      const cartId = await guest.prepares([gone, 1], [rare, 2], [free, 1]);
      await guest.mutate('applyCoupon', { cartId, code: 'BRIEF' });
      world.shop.variant(gone).isGone = true;
      world.shop.variant(rare).onHand = 1;
      world.shop.variant(free).price = null;
      world.shop.withoutCoupon('BRIEF');
      const cart = await guest.cart(cartId, problems);
      const [goneLine, rareLine, freeLine] = cart.lines.map(({ id }: { id: string }) => id);
      expect(cart.problems).toMatchObject([
        { code: 'VARIANT_GONE', lineId: goneLine },
        { code: 'INSUFFICIENT_STOCK', lineId: rareLine, message: 'There are 1 of the 2 in the cart' },
        { code: 'NO_PRICE', lineId: freeLine },
        { code: 'COUPON_REJECTED', lineId: null, message: 'The coupon BRIEF does not apply' },
      ]);
    });

    it('say which services cannot be asked', async () => {
      const cartId = await guest.prepares([world.shop.withVariant(), 1]);
      for (const method of ['catalog.getVariants', 'inventory.getAvailability'])
        world.shop.faults.fail(method);
      expect((await guest.cart(cartId, problems)).problems).toMatchObject([
        { code: 'CATALOG_UNAVAILABLE' },
        { code: 'INVENTORY_UNAVAILABLE' },
      ]);
    });
  });

  it('follow the country that the goods go to', async () => {
    const { id } = await guest.fills([world.shop.withVariant(), 1]);
    await guest.mutate('setShippingAddress', { cartId: id, address: { ...address, country: 'FR' } });
    await guest.cart(id, prices);
    expect(world.shop.lastQuotedCountry()).toBe('FR');
  });
});

import { newId } from '@stoa/clock';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('placing an order on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => world.shop.faults.forget());
  afterAll(() => world.stop());

  it('takes the money and the stock once, closes the cart and answers the order', async () => {
    const shirt = world.shop.withVariant({ price: 1_200, stock: 5, name: 'A shirt' });
    const mug = world.shop.withVariant({ price: 600, stock: 1, name: 'A mug' });
    const cartId = await guest.prepares([shirt, 2], [mug, 1]);

    const order = await guest.placeOrder(cartId);

    expect(order).toMatchObject({
      __typename: 'Order',
      number: expect.stringMatching(/^S-\d{4}-\d{6}$/),
      state: 'PAID',
      email: 'buyer@example.com',
      buyer: null,
      lines: [
        { variantId: shirt, sku: world.shop.variant(shirt).sku, name: 'A shirt (en)', quantity: 2 },
        { variantId: mug, name: 'A mug (en)', quantity: 1 },
      ],
      shippingAddress: { recipient: address.recipient },
      billingAddress: { recipient: address.recipient },
      subtotal: { amount: 3_000 },
      discounts: [],
      shipping: { amount: 0 },
      tax: { amount: 500 },
      total: { amount: 3_000, currency: 'EUR' },
      history: [
        { from: null, to: 'PENDING_PAYMENT', reason: null, actor: 'BUYER' },
        { from: 'PENDING_PAYMENT', to: 'PAID', reason: null, actor: 'SYSTEM' },
      ],
    });
    expect(order.lines[0]).toMatchObject({
      unitPrice: { net: { amount: 1_000 }, tax: { amount: 200 }, gross: { amount: 1_200 } },
      total: { gross: { amount: 2_400, currency: 'EUR' } },
      taxRate: 2_000,
    });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 3, reserved: 0 });
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ amount: 3_000n, currency: 'EUR', ownerId: '' }]);
    expect(await guest.cart(cartId, 'state order { id }')).toEqual({
      state: 'ORDERED',
      order: { id: order.id },
    });
    const { __typename, ...placed } = order;
    expect(await guest.order(order.id)).toEqual(placed);
  });

  it('records what happened as events, with all that a mail to the buyer needs', async () => {
    const shirt = world.shop.withVariant({ price: 1_200 });
    const order = await guest.placeOrder(await guest.prepares([shirt, 2]));
    const [placed, paid, ...others] = await world.eventsOf(order.id);
    expect(others).toEqual([]);
    const contents = {
      orderId: order.id,
      number: order.number,
      buyerId: null,
      email: 'buyer@example.com',
      currency: 'EUR',
      total: 2_400,
      lines: [{ variantId: shirt, name: 'A shirt (en)', quantity: 2, unitPrice: 1_200, total: 2_400 }],
    };
    expect(placed).toMatchObject({ type: 'order.placed.v1', payload: contents });
    const [payment] = world.shop.paymentsOf(order.id);
    expect(paid).toMatchObject({ type: 'order.paid.v1', payload: { ...contents, paymentId: payment?.id } });
  });

  it('needs no e-mail address of a signed-in user, whose order and payment it becomes', async () => {
    const shirt = world.shop.withVariant();
    const userId = newId();
    const user = buyer(world.subgraph, { viewer: customer(userId), locale: 'de' });
    const cart = await user.fills([shirt, 1]);
    await user.mutate('setShippingAddress', { cartId: cart.id, address });
    const order = await user.placeOrder(cart.id);
    expect(order).toMatchObject({ state: 'PAID', buyer: { id: userId }, email: null });
    expect(order.lines).toMatchObject([{ name: 'A shirt (de)' }]);
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ ownerId: userId }]);
  });

  it('keeps what was bought as it was, whatever happens to the catalogue and the prices', async () => {
    const shirt = world.shop.withVariant({ price: 1_200, name: 'A shirt' });
    const order = await guest.placeOrder(await guest.prepares([shirt, 1]));
    Object.assign(world.shop.variant(shirt), { name: 'Another shirt', price: 9_900, isGone: true });
    expect(await guest.order(order.id)).toMatchObject({
      lines: [{ name: 'A shirt (en)', unitPrice: { gross: { amount: 1_200 } } }],
      total: { amount: 1_200 },
    });
  });

  it.each([
    ['EUR', 'tax inside', { subtotal: 4_000, discount: 400, tax: 600, total: 3_600 }],
    ['USD', 'tax on top', { subtotal: 4_800, discount: 480, tax: 720, total: 4_320 }],
  ])('adds up in %s, with %s', async (currency, _, expected) => {
    const shirt = world.shop.withVariant({ price: 2_000 });
    world.shop.withCoupon('TENTH', 10);
    const cart = await guest.mutate('createCart', { currency, lines: [{ variantId: shirt, quantity: 2 }] });
    await guest.mutate('setShippingAddress', { cartId: cart.id, address });
    await guest.mutate('setCartEmail', { cartId: cart.id, email: 'buyer@example.com' });
    await guest.mutate('applyCoupon', { cartId: cart.id, code: 'tenth' });
    expect(await guest.placeOrder(cart.id)).toMatchObject({
      subtotal: { amount: expected.subtotal },
      discounts: [{ name: 'Coupon TENTH', couponCode: 'TENTH', amount: { amount: expected.discount } }],
      tax: { amount: expected.tax },
      total: { amount: expected.total, currency },
    });
  });

  it('bills to the billing address when there is one', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    await guest.mutate('setBillingAddress', { cartId, address: { ...address, recipient: 'Ada Payer' } });
    expect(await guest.placeOrder(cartId)).toMatchObject({
      shippingAddress: { recipient: 'Ada Buyer' },
      billingAddress: { recipient: 'Ada Payer' },
    });
  });

  it('asks for no payment when there is nothing to pay', async () => {
    world.shop.withCoupon('ALL', 100);
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    await guest.mutate('applyCoupon', { cartId, code: 'ALL' });
    const order = await guest.placeOrder(cartId, { token: 'tok_decline' });
    expect(order).toMatchObject({ state: 'PAID', total: { amount: 0 } });
    expect(world.shop.paymentsOf(order.id)).toEqual([]);
  });

  it('accepts the total that the buyer was shown, and refuses another with the total now', async () => {
    const shirt = world.shop.withVariant({ price: 1_200, stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.variant(shirt).price = 1_500;
    const shown = { amount: 1_200, currency: 'EUR' };

    const refused = await guest.placeOrder(cartId, { key: 'k-1', expectedTotal: shown });
    expect(refused).toMatchObject({ code: 'TOTAL_CHANGED', total: { amount: 1_500, currency: 'EUR' } });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    expect(await guest.cart(cartId)).toMatchObject({ state: 'OPEN' });
    expect(await guest.placeOrder(cartId, { key: 'k-1', expectedTotal: shown })).toEqual(refused);

    const order = await guest.placeOrder(cartId, { expectedTotal: refused.total });
    expect(order).toMatchObject({ state: 'PAID', total: refused.total });
  });

  it('refuses a total in another currency', async () => {
    const cartId = await guest.prepares([world.shop.withVariant({ price: 1_200 }), 1]);
    const expectedTotal = { amount: 1_200, currency: 'USD' };
    expect(await guest.placeOrder(cartId, { expectedTotal })).toMatchObject({ code: 'TOTAL_CHANGED' });
  });

  it('says what a cart lacks first, and lets the same key be used once that is mended', async () => {
    const key = 'the-key';
    const shirt = world.shop.withVariant();
    const { id: cartId } = await guest.mutate('createCart', {});
    const place = () => guest.placeOrder(cartId, { key });
    expect(await place()).toMatchObject({ __typename: 'CartEmptyError' });
    await guest.mutate('addItemToCart', { cartId, variantId: shirt, quantity: 1 });
    expect(await place()).toMatchObject({ code: 'INVALID_INPUT', field: 'cart.email' });
    await guest.mutate('setCartEmail', { cartId, email: 'buyer@example.com' });
    expect(await place()).toMatchObject({ code: 'INVALID_INPUT', field: 'cart.shippingAddress' });
    await guest.mutate('setShippingAddress', { cartId, address });
    expect(world.shop.faults.calls('pricing.quote')).toBe(0);
    expect(await place()).toMatchObject({ state: 'PAID' });
  });

  it('refuses a variant that is no longer sold', async () => {
    const shirt = world.shop.withVariant();
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.variant(shirt).isGone = true;
    expect(await guest.placeOrder(cartId)).toMatchObject({ code: 'VARIANT_NOT_FOUND', variantId: shirt });
  });

  it('refuses a variant that has no price', async () => {
    const shirt = world.shop.withVariant();
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.variant(shirt).price = null;
    expect(await guest.placeOrder(cartId)).toMatchObject({
      code: 'VARIANT_NOT_PRICED',
      variantId: shirt,
      currency: 'EUR',
    });
  });

  it('refuses a cart whose coupon no longer applies, rather than charge more than was shown', async () => {
    world.shop.withCoupon('GONE', 50);
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    await guest.mutate('applyCoupon', { cartId, code: 'GONE' });
    world.shop.withoutCoupon('GONE');
    expect(await guest.placeOrder(cartId)).toMatchObject({ code: 'COUPON_REJECTED', couponCode: 'GONE' });
    await guest.mutate('removeCoupon', { cartId, code: 'GONE' });
    expect(await guest.placeOrder(cartId)).toMatchObject({ state: 'PAID' });
  });

  it('tells every shortage, keeps nothing back and takes no money when stock has run out', async () => {
    const plenty = world.shop.withVariant({ stock: 9 });
    const few = world.shop.withVariant({ stock: 5 });
    const none = world.shop.withVariant({ stock: 2 });
    const cartId = await guest.prepares([plenty, 2], [few, 3], [none, 2]);
    world.shop.variant(few).onHand = 1;
    world.shop.variant(none).onHand = 0;

    expect(await guest.placeOrder(cartId)).toMatchObject({
      __typename: 'InsufficientStockError',
      variantId: few,
      requested: 3,
      available: 1,
      shortages: [
        { variantId: few, requested: 3, available: 1 },
        { variantId: none, requested: 2, available: 0 },
      ],
    });
    expect(world.shop.variant(plenty)).toMatchObject({ onHand: 9, reserved: 0 });
    expect(world.shop.faults.calls('payments.authorize')).toBe(0);
    expect(await guest.cart(cartId, 'state order { id }')).toEqual({ state: 'OPEN', order: null });
  });

  it.each([
    ['no key', { key: '' }, 'input.idempotencyKey'],
    ['a key that is too long', { key: 'k'.repeat(201) }, 'input.idempotencyKey'],
    ['no token', { token: '' }, 'input.payment.token'],
    ['no provider', { payment: { provider: '' } }, 'input.payment.provider'],
    ['an unknown provider', { payment: { provider: 'piggybank' } }, 'input.payment'],
  ])('refuses %s and changes nothing', async (_, request, field) => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    expect(await guest.placeOrder(cartId, request)).toMatchObject({ code: 'INVALID_INPUT', field });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    expect(await guest.placeOrder(cartId)).toMatchObject({ state: 'PAID' });
  });

  it('gives the same order again for the same key', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    const order = await guest.placeOrder(cartId, { key: 'again' });
    expect(await guest.placeOrder(cartId, { key: 'again' })).toEqual(order);
    expect(world.shop.paymentsOf(order.id)).toHaveLength(1);
  });

  it.each([
    ['another card', { token: 'tok_decline' }],
    ['another total', { expectedTotal: { amount: 1, currency: 'EUR' } }],
  ])('refuses a key that comes again with %s', async (_, other) => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    await guest.placeOrder(cartId, { key: 'mine' });
    expect(await guest.placeOrder(cartId, { key: 'mine', ...other })).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  });

  it('lets two carts use the same key', async () => {
    const shirt = world.shop.withVariant();
    const [one, two] = [await guest.prepares([shirt, 1]), await guest.prepares([shirt, 1])];
    const orders = [await guest.placeOrder(one, { key: 'k' }), await guest.placeOrder(two, { key: 'k' })];
    expect(orders).toMatchObject([{ state: 'PAID' }, { state: 'PAID' }]);
    expect(orders[0].id).not.toBe(orders[1].id);
  });

  it('refuses to buy a cart twice, and to change one that was bought', async () => {
    const shirt = world.shop.withVariant();
    const cartId = await guest.prepares([shirt, 1]);
    const { id: orderId } = await guest.placeOrder(cartId);
    const closed = { __typename: 'CartClosedError', orderId };
    expect(await guest.placeOrder(cartId)).toMatchObject(closed);
    expect(await guest.mutate('addItemToCart', { cartId, variantId: shirt, quantity: 1 })).toMatchObject(
      closed,
    );
  });

  it.each(['not-an-id', '0190a6f0-0000-7000-8000-000000000000'])('finds no cart %s', async (cartId) => {
    expect(await guest.placeOrder(cartId)).toMatchObject({ __typename: 'CartNotFoundError' });
  });

  it('buys no cart of somebody else', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const owner = buyer(world.subgraph, customer(newId()));
    const cartId = await owner.prepares([shirt, 1]);
    for (const other of [guest, buyer(world.subgraph, customer(newId()))]) {
      expect(await other.placeOrder(cartId)).toMatchObject({ __typename: 'CartNotFoundError' });
    }
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
  });
});

describe('a shop that takes money at fulfilment', () => {
  it('has the payment authorised and the order paid', async () => {
    const world = await ordersWithFakes({ environment: { PAYMENT_CAPTURE: 'on-fulfilment' } });
    const guest = buyer(world.subgraph);
    const order = await guest.placeOrder(await guest.prepares([world.shop.withVariant(), 1]));
    expect(order).toMatchObject({ state: 'PAID' });
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ capture: false }]);
    await world.stop();
  });
});

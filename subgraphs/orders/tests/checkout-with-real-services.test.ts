import { newId } from '@stoa/clock';
import { createHttpServer } from '@stoa/http';
import { localServices } from '@stoa/rpc';
import { demoLocations, demoProducts } from '@stoa/seed';
import { silentLogger } from '@stoa/telemetry';
import { customer, staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../catalog/src/subgraph.ts';
import { inventory } from '../../inventory/src/subgraph.ts';
import { payments } from '../../payments/src/subgraph.ts';
import { pricing } from '../../pricing/src/subgraph.ts';
import { orders } from '../src/subgraph.ts';
import { buyer } from './buyer.ts';

/** One variant of each of the first products of the demo shop, so that no test meets another's stock. */
const variants = demoProducts().map(({ variants: [variant] }) => variant);

describe('a checkout with the real services, on the demo shop', () => {
  let shop: Record<'catalog' | 'pricing' | 'inventory' | 'payments' | 'orders', TestSubgraph>;
  let guest: ReturnType<typeof buyer>;
  let taken = 0;

  beforeAll(async () => {
    const services = localServices();
    const [sells, prices, stocks, pays, sellsTo] = await Promise.all([
      testSubgraph(catalog, { services, seed: true }),
      testSubgraph(pricing, { services, seed: true }),
      testSubgraph(inventory, { services, seed: true }),
      testSubgraph(payments, { services }),
      testSubgraph(orders, { services }),
    ]);
    shop = { catalog: sells, pricing: prices, inventory: stocks, payments: pays, orders: sellsTo };
    guest = buyer(shop.orders);
  });
  afterAll(() => Promise.all(Object.values(shop).map((subgraph) => subgraph.stop())));

  /** A variant of the demo shop of which there are so many, all in one location. */
  const variantInStock = async (onHand: number) => {
    const variant = variants[taken];
    taken += 1;
    if (variant === undefined) throw new Error('The demo shop has no more products');
    for (const [index, location] of demoLocations().entries()) {
      const input = { variantId: variant.id, locationId: location.id, onHand: index === 0 ? onHand : 0 };
      const { data } = await shop.inventory.query(
        'mutation ($input: SetStockInput!) { setStock(input: $input) { __typename } }',
        { input },
        staff(),
      );
      expect(data.setStock.__typename).toBe('StockItem');
    }
    return variant;
  };
  const availableOf = async (variantId: string) => {
    const { data } = await shop.inventory.entities(
      [{ __typename: 'ProductVariant', id: variantId }],
      '... on ProductVariant { availability { available } }',
    );
    return data[0].availability.available;
  };
  const paymentsOf = async (orderId: string) => {
    const { data } = await shop.payments.entities(
      [{ __typename: 'Order', id: orderId }],
      '... on Order { paymentStatus payments { state amount { amount currency } captured { amount } } }',
    );
    return data[0];
  };

  it('sells at the price that was shown', async () => {
    const variant = await variantInStock(3);
    const cartId = await guest.prepares([variant.id, 2]);
    const { total, lines, problems } = await guest.cart(
      cartId,
      'total { amount currency } problems { code } lines { unitPrice { gross { amount } } }',
    );
    expect(problems).toEqual([]);
    expect(lines).toEqual([{ unitPrice: { gross: { amount: variant.price.EUR } } }]);
    expect(total).toEqual({ amount: 2 * variant.price.EUR, currency: 'EUR' });

    const order = await guest.placeOrder(cartId, { expectedTotal: total });
    expect(order).toMatchObject({ state: 'PAID', total, lines: [{ sku: variant.sku, quantity: 2 }] });
    expect(await availableOf(variant.id)).toBe(1);
    expect(await paymentsOf(order.id)).toMatchObject({
      paymentStatus: 'PAID',
      payments: [{ state: 'CAPTURED', amount: total, captured: { amount: total.amount } }],
    });
  });

  it('takes the coupon of the demo shop off, with tax on top or inside', async () => {
    const variant = await variantInStock(5);
    for (const currency of ['EUR', 'USD']) {
      const shopper = buyer(shop.orders, { viewer: customer(newId()), currency });
      const cartId = await shopper.prepares([variant.id, 1]);
      expect(await shopper.mutate('applyCoupon', { cartId, code: 'welcome10' })).toMatchObject({
        couponCodes: ['WELCOME10'],
      });
      const order = await shopper.placeOrder(cartId);
      expect(order).toMatchObject({ state: 'PAID', currency });
      expect(order.discounts).toHaveLength(1);
      expect(order.subtotal.amount - order.discounts[0].amount.amount).toBe(order.total.amount);
    }
  });

  it('leaves the stock as it was when the card is declined, and sells to the same buyer after', async () => {
    const variant = await variantInStock(1);
    const cartId = await guest.prepares([variant.id, 1]);
    const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
    expect(declined).toMatchObject({ code: 'PAYMENT_DECLINED', retryable: false });
    expect(await availableOf(variant.id)).toBe(1);
    expect(await guest.placeOrder(cartId)).toMatchObject({ id: declined.orderId, state: 'PAID' });
    expect(await availableOf(variant.id)).toBe(0);
    expect((await paymentsOf(declined.orderId)).payments).toMatchObject([
      { state: 'DECLINED' },
      { state: 'CAPTURED' },
    ]);
  });

  it.each([
    ['yes', { __typename: 'Order', state: 'PAID' }, 0],
    ['no', { __typename: 'PaymentDeclinedError' }, 1],
  ])('waits for a buyer who must confirm, and goes by the answer: %s', async (word, expected, left) => {
    const variant = await variantInStock(1);
    const cartId = await guest.prepares([variant.id, 1]);
    const place = () => guest.placeOrder(cartId, { token: 'tok_action', key: 'k' });
    const { __typename, actionUrl } = await place();
    expect(__typename).toBe('PaymentActionRequiredError');
    expect(await availableOf(variant.id)).toBe(0);

    const server = createHttpServer({
      logger: silentLogger,
      bodyLimitBytes: 1_000,
      notReadyBecause: () => null,
    });
    shop.payments.subgraph.addRestRoutes(server);
    const url = `${new URL(actionUrl).pathname}/${word}`;
    const answer = await server.inject({ method: 'POST', url, headers: { 'content-type': 'text/plain' } });
    expect(answer.statusCode).toBe(200);
    await server.close();

    expect(await place()).toMatchObject(expected);
    expect(await availableOf(variant.id)).toBe(left);
  });

  it('voids a payment that waits when the buyer takes another card', async () => {
    const variant = await variantInStock(1);
    const cartId = await guest.prepares([variant.id, 1]);
    const { orderId } = await guest.placeOrder(cartId, { token: 'tok_action' });
    expect(await guest.placeOrder(cartId)).toMatchObject({ id: orderId, state: 'PAID' });
    expect((await paymentsOf(orderId)).payments).toMatchObject([{ state: 'VOIDED' }, { state: 'CAPTURED' }]);
    expect(await availableOf(variant.id)).toBe(0);
  });

  it.each([
    ['tok_timeout_charged', { __typename: 'Order', state: 'PAID' }, ['CAPTURED'], 0],
    ['tok_timeout_not_charged', { __typename: 'PaymentDeclinedError', retryable: true }, ['FAILED'], 1],
    ['tok_capture_fails', { __typename: 'PaymentDeclinedError' }, ['DECLINED'], 1],
    ['tok_nonsense', { __typename: 'PaymentDeclinedError', declineCode: 'invalid_token' }, ['DECLINED'], 1],
  ])('agrees with payments and inventory on a card such as %s', async (token, expected, states, left) => {
    const variant = await variantInStock(1);
    const cartId = await guest.prepares([variant.id, 1]);
    const answer = await guest.placeOrder(cartId, { token });
    expect(answer).toMatchObject(expected);
    const { payments: all } = await paymentsOf(answer.id ?? answer.orderId);
    expect(all.map(({ state }: { state: string }) => state)).toEqual(states);
    expect(await availableOf(variant.id)).toBe(left);
  });

  it('gives money and stock back when the order is cancelled', async () => {
    const variant = await variantInStock(2);
    const order = await guest.placeOrder(await guest.prepares([variant.id, 2]));
    expect(await availableOf(variant.id)).toBe(0);
    expect(await guest.mutate('cancelOrder', { orderId: order.id })).toMatchObject({ state: 'CANCELLED' });
    expect(await paymentsOf(order.id)).toMatchObject({
      paymentStatus: 'REFUNDED',
      payments: [{ state: 'REFUNDED' }],
    });
    expect(await availableOf(variant.id)).toBe(2);
  });

  it('takes a part back: its share of the price, and its unit', async () => {
    const clerk = buyer(shop.orders, staff());
    const variant = await variantInStock(3);
    const { id: orderId, total, lines } = await guest.placeOrder(await guest.prepares([variant.id, 3]));
    await clerk.mutate('fulfilOrder', { orderId, idempotencyKey: 'k' });
    const { returns } = await guest.mutate('requestReturn', {
      orderId,
      lines: [{ lineId: lines[0].id, quantity: 1 }],
      reason: 'Too small',
      idempotencyKey: 'k',
    });
    expect(await clerk.mutate('receiveReturn', { returnId: returns[0].id })).toMatchObject({
      state: 'PARTIALLY_RETURNED',
      returns: [{ refund: { amount: Math.floor(total.amount / 3) } }],
      tasks: [{ state: 'DONE' }, { state: 'DONE' }],
    });
    expect((await paymentsOf(orderId)).payments).toMatchObject([{ state: 'PARTIALLY_REFUNDED' }]);
    expect(await availableOf(variant.id)).toBe(1);
  });

  it('keeps a refund that the provider refuses as a task that failed', async () => {
    const clerk = buyer(shop.orders, staff());
    const variant = await variantInStock(1);
    const order = await guest.placeOrder(await guest.prepares([variant.id, 1]), {
      token: 'tok_refund_fails',
    });
    expect(await clerk.mutate('cancelOrder', { orderId: order.id })).toMatchObject({
      state: 'CANCELLED',
      tasks: [
        { kind: 'GIVE_MONEY_BACK', state: 'FAILED' },
        { kind: 'RETURN_STOCK', state: 'DONE' },
      ],
    });
  });

  it('sells the last one once to ten buyers', async () => {
    const variant = await variantInStock(1);
    const carts = await Promise.all(Array.from({ length: 10 }, () => guest.prepares([variant.id, 1])));
    const answers = await Promise.all(carts.map((cartId) => guest.placeOrder(cartId)));
    expect(answers.filter(({ state }) => state === 'PAID')).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'INSUFFICIENT_STOCK')).toHaveLength(9);
    expect(await availableOf(variant.id)).toBe(0);
  });

  it('refuses what the real services refuse: an unknown variant, coupon, provider, and more than there is', async () => {
    const variant = await variantInStock(2);
    expect(await guest.fills([newId(), 1])).toMatchObject({ code: 'VARIANT_NOT_FOUND' });
    expect(await guest.fills([variant.id, 3])).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 2 });
    const cartId = await guest.prepares([variant.id, 1]);
    expect(await guest.mutate('applyCoupon', { cartId, code: 'NOPE' })).toMatchObject({
      code: 'COUPON_REJECTED',
    });
    expect(await guest.placeOrder(cartId, { payment: { provider: 'piggybank' } })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'input.payment',
    });
    expect(await availableOf(variant.id)).toBe(2);
  });
});

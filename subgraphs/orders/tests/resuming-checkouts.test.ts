import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, newId } from '@stoa/clock';
import { createInMemoryBroker } from '@stoa/events';
import { PaymentState } from '@stoa/payments/rpc';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-orders-'));
afterAll(() => rmSync(folder, { recursive: true }));

const restMs = 10_000;
const leaseMs = 60_000;

describe.each(databaseEngines)('a checkout that nobody runs, on $engine', ({ engine, freshUrl }) => {
  const clock = fixedClock();
  let world: OrdersWithFakes;
  /** Another process on the same database. */
  let other: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    // A file, as two processes cannot share memory.
    const databaseUrl = engine === 'sqlite' ? `sqlite:${join(folder, `${newId()}.sqlite`)}` : freshUrl();
    world = await ordersWithFakes({ databaseUrl, clock });
    other = await ordersWithFakes({ databaseUrl, clock, shop: world.shop });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => world.shop.faults.mend());
  afterAll(() => Promise.all([world.stop(), other.stop()]));

  const work = (of = other) => of.subgraph.subgraph.work('resume-checkouts');
  const ordersOf = async (cartId: string) => (await guest.cart(cartId, 'order { id state }')).order;

  it.each(['pricing.quote', 'inventory.reserve', 'payments.authorize', 'inventory.commit'] as const)(
    'is finished by another process, when the first stopped after %s',
    async (method) => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      const held = world.shop.faults.hold(method, 'after');
      const stalled = guest.placeOrder(cartId);
      const wakeUp = await held;

      clock.advance(leaseMs - 1);
      world.shop.faults.forget();
      await work();
      expect(world.shop.faults.calls(method), 'its process may still be at it').toBe(0);
      clock.advance(1);
      await Promise.all([work(), work()]);

      const order = await ordersOf(cartId);
      expect(order).toMatchObject({ state: 'PAID' });
      expect(world.shop.paymentsOf(order.id)).toHaveLength(1);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
      wakeUp();
      expect(await stalled).toMatchObject({ id: order.id, state: 'PAID' });
      expect(world.shop.paymentsOf(order.id)).toHaveLength(1);
    },
  );

  it('gives back the stock that inventory did not answer about, once it does', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.faults.fail('inventory.release');
    const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
    expect(declined).toMatchObject({ __typename: 'PaymentDeclinedError' });
    expect(world.shop.variant(shirt)).toMatchObject({ reserved: 1 });

    world.shop.faults.mend();
    clock.advance(restMs);
    await work();
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
  });

  it('takes the stock of a paid order once inventory answers again', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.faults.fail('inventory.commit');
    expect(await guest.placeOrder(cartId)).toMatchObject({ state: 'PAID' });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 1 });

    world.shop.faults.mend();
    clock.advance(restMs - 1);
    await work();
    expect(world.shop.variant(shirt), 'it rests in between').toMatchObject({ reserved: 1 });
    clock.advance(1);
    await work();
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });

  it('asks again about a payment whose outcome was not known', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    const pending = await guest.placeOrder(cartId, { token: 'tok_unknown' });
    expect(pending).toMatchObject({ __typename: 'PaymentPendingError' });
    clock.advance(restMs);
    await work();
    expect(await guest.order(pending.orderId)).toMatchObject({ state: 'PENDING_PAYMENT' });

    world.shop.settlePayments(PaymentState.CAPTURED);
    clock.advance(restMs);
    await work();
    expect(await guest.order(pending.orderId)).toMatchObject({ state: 'PAID' });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });

  it('is given up when its buyer has not confirmed the payment for as long as the stock is kept', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    const waiting = await guest.placeOrder(cartId, { token: 'tok_action' });
    expect(waiting).toMatchObject({ __typename: 'PaymentActionRequiredError' });
    clock.advance(899_999);
    await work();
    expect(await guest.order(waiting.orderId)).toMatchObject({ state: 'PENDING_PAYMENT' });

    clock.advance(restMs);
    await work();
    expect(await guest.order(waiting.orderId)).toMatchObject({ state: 'PAYMENT_FAILED' });
    expect(world.shop.paymentsOf(waiting.orderId)).toMatchObject([{ state: PaymentState.VOIDED }]);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    expect(await guest.cart(cartId)).toMatchObject({ state: 'OPEN' });
  });

  it('is left alone when it is finished', async () => {
    const cartId = await guest.prepares([world.shop.withVariant({ stock: 1 }), 1]);
    const order = await guest.placeOrder(cartId);
    clock.advance(leaseMs);
    world.shop.faults.forget();
    await work();
    expect(order).toEqual({ __typename: 'Order', ...(await guest.order(order.id)) });
    expect(world.shop.faults.calls('payments.authorize')).toBe(0);
  });
});

describe('a checkout that waits for its payment', () => {
  const broker = createInMemoryBroker();
  let world: OrdersWithFakes;
  beforeAll(async () => {
    world = await ordersWithFakes({ broker });
  });
  afterAll(() => world.stop());

  it.each([
    ['captured', PaymentState.CAPTURED, 'PAID'],
    ['authorized', PaymentState.AUTHORIZED, 'PAID'],
    ['declined', PaymentState.DECLINED, 'PAYMENT_FAILED'],
    ['failed', PaymentState.FAILED, 'PAYMENT_FAILED'],
    ['voided', PaymentState.VOIDED, 'PAYMENT_FAILED'],
  ])('goes on at once when payments tells that it was %s', async (what, settled, state) => {
    const guest = buyer(world.subgraph);
    const cartId = await guest.prepares([world.shop.withVariant({ stock: 1 }), 1]);
    const { orderId } = await guest.placeOrder(cartId, { token: 'tok_action' });
    world.shop.settlePayments(settled);
    const [payment] = world.shop.paymentsOf(orderId);
    await broker.publish([
      {
        id: newId(),
        type: `payments.payment-${what}.v1`,
        aggregateId: payment?.id ?? '',
        requestId: 'request',
        occurredAt: new Date(),
        payload: { paymentId: payment?.id, orderId, amount: 1, currency: 'EUR' },
      },
    ]);
    await world.subgraph.subgraph.work(`handle-go-on-after-payment-${what}`);
    expect(await guest.order(orderId)).toMatchObject({ state });
  });
});

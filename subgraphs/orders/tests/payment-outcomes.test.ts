import { newId } from '@stoa/clock';
import { PaymentState } from '@stoa/payments/rpc';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { address, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('what comes of a payment, on $engine', ({ freshUrl }) => {
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl() });
    guest = buyer(world.subgraph);
  });
  beforeEach(() => world.shop.faults.mend());
  afterAll(() => world.stop());

  describe('when the card is declined', () => {
    it('gives the stock back, leaves the order unpaid and opens the cart again', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);

      const declined = await guest.placeOrder(cartId, { token: 'tok_decline', key: 'k' });

      expect(declined).toMatchObject({
        __typename: 'PaymentDeclinedError',
        message: 'The card was declined',
        declineCode: 'card_declined',
        retryable: false,
      });
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
      expect(await guest.order(declined.orderId)).toMatchObject({
        state: 'PAYMENT_FAILED',
        history: [
          { from: null, to: 'PENDING_PAYMENT' },
          { from: 'PENDING_PAYMENT', to: 'PAYMENT_FAILED', reason: 'The card was declined', actor: 'SYSTEM' },
        ],
      });
      expect(await world.eventsOf(declined.orderId)).toMatchObject([
        { type: 'order.placed.v1' },
        { type: 'order.payment-failed.v1', payload: { reason: 'The card was declined' } },
      ]);
      expect(await guest.cart(cartId)).toMatchObject({ state: 'OPEN' });
      expect(await guest.placeOrder(cartId, { token: 'tok_decline', key: 'k' })).toEqual(declined);
      expect(world.shop.paymentsOf(declined.orderId)).toHaveLength(1);
    });

    it('lets the buyer pay for the same order with a new key', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
      const order = await guest.placeOrder(cartId, { token: 'tok_approve' });
      expect(order).toMatchObject({
        id: declined.orderId,
        state: 'PAID',
        history: [
          { to: 'PENDING_PAYMENT' },
          { to: 'PAYMENT_FAILED' },
          { to: 'PENDING_PAYMENT', reason: 'The buyer pays again', actor: 'BUYER' },
          { to: 'PAID' },
        ],
      });
      expect(world.shop.paymentsOf(order.id)).toHaveLength(2);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    });

    it('cancels the unpaid order and writes another when the cart was changed in between', async () => {
      const shirt = world.shop.withVariant();
      const cartId = await guest.prepares([shirt, 1]);
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
      await guest.mutate('addItemToCart', { cartId, variantId: shirt, quantity: 1 });
      const order = await guest.placeOrder(cartId);
      expect(order).toMatchObject({ state: 'PAID', lines: [{ quantity: 2 }] });
      expect(order.id).not.toBe(declined.orderId);
      const old = await guest.order(declined.orderId);
      expect(old).toMatchObject({ state: 'CANCELLED' });
      expect(old.number).not.toBe(order.number);
      expect((await world.eventsOf(declined.orderId)).map(({ type }) => type)).toEqual([
        'order.placed.v1',
        'order.payment-failed.v1',
        'order.cancelled.v1',
      ]);
    });

    it('writes another order, too, when the price has moved in between', async () => {
      const shirt = world.shop.withVariant({ price: 1_200 });
      const cartId = await guest.prepares([shirt, 1]);
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
      world.shop.variant(shirt).price = 1_300;
      const order = await guest.placeOrder(cartId);
      expect(order).toMatchObject({ state: 'PAID', total: { amount: 1_300 } });
      expect(order.id).not.toBe(declined.orderId);
    });

    it('writes another order for a guest who has signed in since', async () => {
      const cartId = await guest.prepares([world.shop.withVariant(), 1]);
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
      const userId = newId();
      const order = await buyer(world.subgraph, customer(userId)).placeOrder(cartId);
      expect(order).toMatchObject({ state: 'PAID', buyer: { id: userId } });
      expect(await guest.order(declined.orderId)).toMatchObject({ state: 'CANCELLED' });
    });

    it('refuses to pay again when the stock is gone by then', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline' });
      expect(await guest.placeOrder(await guest.prepares([shirt, 1]))).toMatchObject({ state: 'PAID' });
      expect(await guest.placeOrder(cartId)).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 0 });
      expect(await guest.order(declined.orderId)).toMatchObject({ state: 'PAYMENT_FAILED' });
    });

    it('keeps the answer, and the cart open, when the stock cannot be given back at once', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      world.shop.faults.fail('inventory.release');
      const declined = await guest.placeOrder(cartId, { token: 'tok_decline', key: 'k' });
      expect(declined).toMatchObject({ code: 'PAYMENT_DECLINED' });
      expect(await guest.order(declined.orderId)).toMatchObject({ state: 'PAYMENT_FAILED' });
      expect(world.shop.variant(shirt).reserved).toBe(1);
      expect(await guest.mutate('setCartEmail', { cartId, email: 'other@example.com' })).toMatchObject({
        __typename: 'Cart',
      });

      world.shop.faults.mend();
      expect(await guest.placeOrder(cartId, { token: 'tok_decline', key: 'k' })).toEqual(declined);
      expect(world.shop.variant(shirt).reserved).toBe(0);
    });

    it.each([
      ['has paid', 'tok_approve', { __typename: 'Order' }, 'PAID'],
      ['is about to pay', 'tok_action', { __typename: 'PaymentActionRequiredError' }, 'PENDING_PAYMENT'],
    ])(
      'does not undo what the buyer %s since, when the stock is given back late',
      async (_, token, second, state) => {
        const shirt = world.shop.withVariant({ stock: 2 });
        const cartId = await guest.prepares([shirt, 1]);
        world.shop.faults.fail('inventory.release');
        const { orderId } = await guest.placeOrder(cartId, { token: 'tok_decline', key: 'first' });
        expect(await guest.placeOrder(cartId, { token, key: 'second' })).toMatchObject(second);
        world.shop.faults.mend();
        expect(await guest.placeOrder(cartId, { token: 'tok_decline', key: 'first' })).toMatchObject({
          code: 'PAYMENT_DECLINED',
        });
        expect(await guest.order(orderId)).toMatchObject({ state });
        const { onHand, reserved } = world.shop.variant(shirt);
        expect(onHand - reserved).toBe(1);
      },
    );
  });

  it('says that the same card may be tried again when the provider failed', async () => {
    const cartId = await guest.prepares([world.shop.withVariant(), 1]);
    expect(await guest.placeOrder(cartId, { token: 'tok_fail' })).toMatchObject({
      code: 'PAYMENT_DECLINED',
      declineCode: 'failed',
      retryable: true,
    });
  });

  describe('when the buyer must confirm it', () => {
    const waits = async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      const answer = await guest.placeOrder(cartId, { token: 'tok_action', key: 'k' });
      return {
        shirt,
        cartId,
        answer,
        again: () => guest.placeOrder(cartId, { token: 'tok_action', key: 'k' }),
      };
    };

    it('says where, keeps the stock and lets nobody change the cart', async () => {
      const { shirt, cartId, answer, again } = await waits();
      expect(answer).toMatchObject({
        __typename: 'PaymentActionRequiredError',
        actionUrl: expect.stringContaining('https://bank.example/confirm/'),
      });
      expect(await again()).toEqual(answer);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 1 });
      expect(await guest.order(answer.orderId)).toMatchObject({ state: 'PENDING_PAYMENT' });
      const line = { cartId, variantId: shirt, quantity: 1 };
      world.shop.variant(shirt).onHand = 5;
      expect(await guest.mutate('addItemToCart', line)).toMatchObject({ __typename: 'CartLockedError' });
    });

    it('answers the order once it is confirmed', async () => {
      const { shirt, answer, again } = await waits();
      world.shop.settlePayments(PaymentState.CAPTURED);
      expect(await again()).toMatchObject({ id: answer.orderId, state: 'PAID' });
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
      expect(world.shop.paymentsOf(answer.orderId)).toHaveLength(1);
    });

    it('answers so when it is refused after all', async () => {
      const { shirt, again } = await waits();
      world.shop.settlePayments(PaymentState.DECLINED);
      expect(await again()).toMatchObject({ code: 'PAYMENT_DECLINED' });
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    });

    it('takes the stock anew when it is confirmed after the reservation ran out', async () => {
      const { shirt, again } = await waits();
      world.shop.expireReservations();
      world.shop.settlePayments(PaymentState.CAPTURED);
      expect(await again()).toMatchObject({ state: 'PAID' });
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    });

    it('voids it when the buyer pays otherwise, with another key', async () => {
      const { shirt, cartId, answer } = await waits();
      const order = await guest.placeOrder(cartId, { token: 'tok_approve', key: 'other' });
      expect(order).toMatchObject({ id: answer.orderId, state: 'PAID' });
      expect(world.shop.paymentsOf(order.id).map(({ state }) => state)).toEqual([
        PaymentState.VOIDED,
        PaymentState.CAPTURED,
      ]);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    });

    it('takes no second payment when it was confirmed before the other key came', async () => {
      const { cartId, answer } = await waits();
      world.shop.settlePayments(PaymentState.CAPTURED);
      expect(await guest.placeOrder(cartId, { key: 'other' })).toMatchObject({
        __typename: 'CartClosedError',
        orderId: answer.orderId,
      });
      expect(world.shop.paymentsOf(answer.orderId)).toHaveLength(1);
    });

    it("stays the guest's until it has ended, also for one who signs in meanwhile", async () => {
      const { cartId, answer } = await waits();
      const user = buyer(world.subgraph, customer(newId()));
      const own = await user.fills([world.shop.withVariant(), 1]);
      world.shop.settlePayments(PaymentState.CAPTURED);
      const order = await user.placeOrder(cartId, { token: 'tok_action', key: 'k' });
      expect(order).toMatchObject({ id: answer.orderId, state: 'PAID', buyer: null });
      const { __typename, ...cart } = own;
      expect(await user.cart(own.id)).toEqual(cart);
    });
  });

  describe('when nobody knows', () => {
    it.each([
      ['the provider does not tell', 'tok_unknown', () => {}],
      ['payments does not answer', 'tok_approve', () => world.shop.faults.fail('payments.authorize')],
      ['its answer is lost', 'tok_approve', () => world.shop.faults.loseAnswerOf('payments.authorize')],
    ])('never guesses, as when %s', async (_, token, goesWrong) => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      goesWrong();

      const pending = await guest.placeOrder(cartId, { token, key: 'k' });
      expect(pending).toMatchObject({ __typename: 'PaymentPendingError' });
      expect(await guest.order(pending.orderId)).toMatchObject({ state: 'PENDING_PAYMENT' });
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 1 });

      world.shop.faults.mend();
      world.shop.settlePayments(PaymentState.CAPTURED);
      expect(await guest.placeOrder(cartId, { token, key: 'k' })).toMatchObject({
        id: pending.orderId,
        state: 'PAID',
      });
      expect(world.shop.paymentsOf(pending.orderId)).toHaveLength(1);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
    });

    it('lets no other key take money for the same cart', async () => {
      const cartId = await guest.prepares([world.shop.withVariant(), 1]);
      const pending = await guest.placeOrder(cartId, { token: 'tok_unknown', key: 'k' });
      expect(await guest.placeOrder(cartId, { key: 'other' })).toMatchObject({
        __typename: 'CheckoutInProgressError',
      });
      expect(world.shop.paymentsOf(pending.orderId)).toHaveLength(1);
    });

    it('lets another key pay once it is known that nothing was taken', async () => {
      const cartId = await guest.prepares([world.shop.withVariant(), 1]);
      const pending = await guest.placeOrder(cartId, { token: 'tok_unknown', key: 'k' });
      world.shop.settlePayments(PaymentState.FAILED);
      expect(await guest.placeOrder(cartId, { key: 'other' })).toMatchObject({
        id: pending.orderId,
        state: 'PAID',
      });
    });
  });

  describe('when a service does not answer before the payment', () => {
    it.each([['pricing.quote'], ['catalog.getVariants'], ['inventory.reserve']])(
      'undoes all and lets the same key try again: %s',
      async (method) => {
        const shirt = world.shop.withVariant({ stock: 1 });
        const cartId = await guest.prepares([shirt, 1]);
        world.shop.faults.fail(method);
        await expect(guest.placeOrder(cartId, { key: 'k' })).rejects.toMatchObject({
          errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
        });
        expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
        expect(await guest.mutate('setShippingAddress', { cartId, address })).toMatchObject({
          __typename: 'Cart',
        });
        world.shop.faults.mend();
        expect(await guest.placeOrder(cartId, { key: 'k' })).toMatchObject({ state: 'PAID' });
        expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
      },
    );

    it('gives the stock back when only the answer of the reservation was lost', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const cartId = await guest.prepares([shirt, 1]);
      world.shop.faults.loseAnswerOf('inventory.reserve');
      await expect(guest.placeOrder(cartId)).rejects.toThrow('the answer of inventory.reserve was lost');
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    });
  });

  it('answers the paid order when the stock cannot be taken at once, and takes it later', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    const cartId = await guest.prepares([shirt, 1]);
    world.shop.faults.fail('inventory.commit');
    const order = await guest.placeOrder(cartId, { key: 'k' });
    expect(order).toMatchObject({ state: 'PAID' });
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 1 });
    world.shop.faults.mend();
    expect(await guest.placeOrder(cartId, { key: 'k' })).toEqual(order);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });
});

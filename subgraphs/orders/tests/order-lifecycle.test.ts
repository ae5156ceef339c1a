import { fixedClock, newId } from '@stoa/clock';
import { PaymentState } from '@stoa/payments/rpc';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { afterwards, buyer } from './buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from './orders-with-fakes.ts';

describe.each(databaseEngines)('an order after it was paid, on $engine', ({ freshUrl }) => {
  const clock = fixedClock();
  let world: OrdersWithFakes;
  let guest: ReturnType<typeof buyer>;
  let clerk: ReturnType<typeof buyer>;
  beforeAll(async () => {
    world = await ordersWithFakes({ databaseUrl: freshUrl(), clock });
    guest = buyer(world.subgraph);
    clerk = buyer(world.subgraph, staff());
  });
  beforeEach(() => world.shop.faults.mend());
  afterAll(() => world.stop());

  /** An order of 3 shirts for 1,000 each and 1 hat for 500, of which there are no more. */
  const ordered = async (token = 'tok_approve') => {
    const shirt = world.shop.withVariant({ stock: 3, price: 1_000 });
    const hat = world.shop.withVariant({ stock: 1, price: 500, name: 'A hat' });
    const order = await guest.placeOrder(await guest.prepares([shirt, 3], [hat, 1]), { token });
    const line = (variantId: string, quantity: number) => ({
      lineId: order.lines.find((one: { variantId: string }) => one.variantId === variantId).id,
      quantity,
    });
    return { order, shirt, hat, shirts: (quantity: number) => line(shirt, quantity), oneHat: line(hat, 1) };
  };
  const fulfil = (orderId: string, lines?: object[], key = newId()) =>
    clerk.mutate('fulfilOrder', { orderId, lines, idempotencyKey: key });
  const askReturn = (orderId: string, lines?: object[], key = newId()) =>
    guest.mutate('requestReturn', { orderId, lines, reason: 'Too small', idempotencyKey: key });
  const stockOf = (...ids: string[]) => ids.map((id) => world.shop.variant(id).onHand);
  const refundedOf = (orderId: string) => Number(world.shop.paymentsOf(orderId)[0]?.refunded);
  const eventsOf = async (orderId: string) => (await world.eventsOf(orderId)).map(({ type }) => type);

  describe('when it is cancelled', () => {
    it('gives all of the money and the stock back, once', async () => {
      const { order, shirt, hat } = await ordered();
      const cancelled = await guest.mutate('cancelOrder', { orderId: order.id, reason: 'Changed my mind' });
      expect(cancelled).toMatchObject({ __typename: 'Order', state: 'CANCELLED', tasks: null });
      expect(cancelled.history.at(-1)).toEqual({
        from: 'PAID',
        to: 'CANCELLED',
        reason: 'Changed my mind',
        actor: 'BUYER',
      });
      expect(world.shop.paymentsOf(order.id)).toMatchObject([{ state: PaymentState.REFUNDED }]);
      expect(stockOf(shirt, hat)).toEqual([3, 1]);
      expect(await guest.mutate('cancelOrder', { orderId: order.id })).toEqual(cancelled);
      expect(stockOf(shirt, hat)).toEqual([3, 1]);
      expect(await eventsOf(order.id)).toEqual(['order.placed.v1', 'order.paid.v1', 'order.cancelled.v1']);
      expect(await clerk.order(order.id, afterwards)).toMatchObject({
        tasks: [
          { kind: 'GIVE_MONEY_BACK', state: 'DONE', attempts: 1, error: null },
          { kind: 'RETURN_STOCK', state: 'DONE', attempts: 1, error: null },
        ],
      });
    });

    it.each(['payments.refund', 'inventory.restock'])(
      'goes on by a worker until it is done, when %s does not answer, or its answer is lost',
      async (method) => {
        const { order, shirt } = await ordered();
        world.shop.faults.fail(method);
        expect(await guest.mutate('cancelOrder', { orderId: order.id })).toMatchObject({
          state: 'CANCELLED',
        });
        world.shop.faults.mend();
        world.shop.faults.loseAnswerOf(method);
        clock.advance(2_000);
        await world.subgraph.subgraph.work('finish-order-tasks');
        clock.advance(4_000);
        await world.subgraph.subgraph.work('finish-order-tasks');
        expect(refundedOf(order.id)).toBe(3_500);
        expect(stockOf(shirt)).toEqual([3]);
        const { tasks } = await clerk.order(order.id, afterwards);
        expect(tasks.map(({ state }: { state: string }) => state)).toEqual(['DONE', 'DONE']);
      },
    );

    it('keeps a refund that the provider refuses for people to see', async () => {
      const { order } = await ordered('tok_refund_fails');
      await guest.mutate('cancelOrder', { orderId: order.id });
      expect((await clerk.order(order.id, afterwards)).tasks[0]).toEqual({
        kind: 'GIVE_MONEY_BACK',
        state: 'FAILED',
        attempts: 1,
        error: 'The refund was refused: The card takes no refunds',
      });
    });

    it('lets go of the payment that its buyer has not confirmed', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const { orderId } = await guest.placeOrder(await guest.prepares([shirt, 1]), { token: 'tok_action' });
      expect(await guest.mutate('cancelOrder', { orderId })).toMatchObject({ state: 'CANCELLED' });
      expect(world.shop.paymentsOf(orderId)).toMatchObject([{ state: PaymentState.VOIDED }]);
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
    });

    it('is refused while nobody knows what became of the payment', async () => {
      const cartId = await guest.prepares([world.shop.withVariant({ stock: 1 }), 1]);
      const { orderId } = await guest.placeOrder(cartId, { token: 'tok_unknown' });
      expect(await guest.mutate('cancelOrder', { orderId })).toMatchObject({
        __typename: 'OrderStateError',
        orderState: 'PENDING_PAYMENT',
        message: 'An order that is PENDING_PAYMENT cannot be cancelled now',
      });
    });

    it('needs nothing to go back when it was never paid', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      const { orderId } = await guest.placeOrder(await guest.prepares([shirt, 1]), { token: 'tok_decline' });
      expect(await guest.mutate('cancelOrder', { orderId })).toMatchObject({ state: 'CANCELLED' });
      expect(await clerk.order(orderId, afterwards)).toMatchObject({ tasks: [] });
    });

    it('takes no stock any more that was still to be taken', async () => {
      const shirt = world.shop.withVariant({ stock: 1 });
      world.shop.faults.fail('inventory.commit');
      const order = await guest.placeOrder(await guest.prepares([shirt, 1]));
      world.shop.faults.mend();
      await guest.mutate('cancelOrder', { orderId: order.id });
      clock.advance(60_000);
      await world.subgraph.subgraph.work('resume-checkouts');
      expect(world.shop.variant(shirt)).toMatchObject({ onHand: 1, reserved: 0 });
      expect(refundedOf(order.id)).toBe(1_200);
    });

    it('gives back what was not sent, when staff cancel an order of which a part was', async () => {
      const { order, shirt, hat, shirts } = await ordered();
      await fulfil(order.id, [shirts(2)]);
      expect(await guest.mutate('cancelOrder', { orderId: order.id })).toMatchObject({
        __typename: 'OrderStateError',
        orderState: 'PARTIALLY_FULFILLED',
      });
      const cancelled = await clerk.mutate('cancelOrder', { orderId: order.id });
      expect(cancelled.history.at(-1)).toMatchObject({ reason: 'Cancelled by the shop', actor: 'STAFF' });
      expect(refundedOf(order.id)).toBe(1_500);
      expect(stockOf(shirt, hat)).toEqual([1, 1]);
    });
  });

  it('goes back by itself when its goods ran out before the stock could be taken', async () => {
    const shirt = world.shop.withVariant({ stock: 1 });
    world.shop.faults.fail('inventory.commit');
    const order = await guest.placeOrder(await guest.prepares([shirt, 1]));
    world.shop.expireReservations();
    world.shop.faults.mend();
    const faster = await guest.placeOrder(await guest.prepares([shirt, 1]));
    clock.advance(10_000);
    await world.subgraph.subgraph.work('resume-checkouts');
    await world.subgraph.subgraph.work('finish-order-tasks');
    expect(await guest.order(order.id)).toMatchObject({ state: 'CANCELLED' });
    expect(refundedOf(order.id)).toBe(1_200);
    expect(refundedOf(faster.id)).toBe(0);
    expect(world.shop.variant(shirt)).toMatchObject({ onHand: 0, reserved: 0 });
  });

  describe('when it is sent', () => {
    it('may go in parts, each once a key, up to all of it', async () => {
      const { order, shirts, oneHat } = await ordered();
      const input = { carrier: 'Post', trackingNumber: 'T1', idempotencyKey: newId() };
      const first = await clerk.mutate('fulfilOrder', { orderId: order.id, lines: [shirts(1)], ...input });
      expect(first).toMatchObject({
        state: 'PARTIALLY_FULFILLED',
        fulfilments: [
          { lines: [{ line: { id: shirts(1).lineId }, quantity: 1 }], carrier: 'Post', trackingNumber: 'T1' },
        ],
      });
      expect(await clerk.mutate('fulfilOrder', { orderId: order.id, lines: [shirts(1)], ...input })).toEqual(
        first,
      );
      const other = { orderId: order.id, lines: [shirts(2)], ...input };
      expect(await clerk.mutate('fulfilOrder', other)).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await fulfil(order.id, [shirts(1), oneHat])).toMatchObject({ state: 'PARTIALLY_FULFILLED' });
      const all = await fulfil(order.id);
      expect(all).toMatchObject({
        state: 'FULFILLED',
        lines: [{ fulfilledQuantity: 3 }, { fulfilledQuantity: 1 }],
      });
      expect(all.history.map(({ to }: { to: string }) => to)).toEqual([
        'PENDING_PAYMENT',
        'PAID',
        'PARTIALLY_FULFILLED',
        'PARTIALLY_FULFILLED',
        'FULFILLED',
      ]);
      expect((await eventsOf(order.id)).slice(2)).toEqual(Array(3).fill('order.fulfilled.v1'));
      expect(await guest.mutate('cancelOrder', { orderId: order.id })).toMatchObject({
        orderState: 'FULFILLED',
      });
    });

    it('is never sent twice, by two at once neither', async () => {
      const { order, shirts } = await ordered();
      const answers = await Promise.all([1, 2].map(() => fulfil(order.id, [shirts(2)])));
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['InvalidInputError', 'Order']);
      expect((await clerk.order(order.id, afterwards)).lines[0]).toMatchObject({ fulfilledQuantity: 2 });
    });

    it.each([
      [
        'a line twice',
        (shirts: (n: number) => object) => [shirts(1), shirts(1)],
        'lines of the order, each once',
      ],
      [
        'more than there is',
        (shirts: (n: number) => object) => [shirts(4)],
        'a quantity from 1 to 3, found 4',
      ],
      ['none of a line', (shirts: (n: number) => object) => [shirts(0)], 'a quantity from 1 to 3, found 0'],
      ['no line', () => [], 'at least one line'],
      ['a line of another order', () => [{ lineId: newId(), quantity: 1 }], 'lines of the order'],
    ])('refuses %s', async (_, lines, expected) => {
      const { order, shirts } = await ordered();
      const refused = await fulfil(order.id, lines(shirts));
      expect(refused).toMatchObject({ __typename: 'InvalidInputError', code: 'INVALID_INPUT' });
      expect(refused.message).toContain(expected);
    });

    it('waits until its stock was taken', async () => {
      world.shop.faults.fail('inventory.commit');
      const { order } = await ordered();
      expect(await fulfil(order.id)).toMatchObject({ __typename: 'OrderStateError', orderState: 'PAID' });
    });

    it('is delivered once all of it was sent', async () => {
      const { order, shirts } = await ordered();
      await fulfil(order.id, [shirts(1)]);
      expect(await clerk.mutate('markDelivered', { orderId: order.id })).toMatchObject({
        __typename: 'OrderStateError',
      });
      await fulfil(order.id);
      const delivered = await clerk.mutate('markDelivered', { orderId: order.id });
      expect(delivered).toMatchObject({ state: 'DELIVERED' });
      expect(await clerk.mutate('markDelivered', { orderId: order.id })).toEqual(delivered);
      expect((await eventsOf(order.id)).at(-1)).toBe('order.delivered.v1');
    });
  });

  describe('when it comes back', () => {
    const sent = async () => {
      const made = await ordered();
      await fulfil(made.order.id);
      return made;
    };

    it('comes in parts, whose refunds add up to what was paid, and goes into stock', async () => {
      const { order, shirt, hat, shirts, oneHat } = await sent();
      const asked = await askReturn(order.id, [shirts(1)]);
      expect(asked).toMatchObject({
        state: 'FULFILLED',
        returns: [{ state: 'REQUESTED', reason: 'Too small', refund: null }],
      });
      expect(stockOf(shirt)).toEqual([0]);
      const received = await clerk.mutate('receiveReturn', { returnId: asked.returns[0].id });
      expect(received).toMatchObject({
        state: 'PARTIALLY_RETURNED',
        returns: [{ state: 'RECEIVED', refund: { amount: 1_000 } }],
        lines: [{ returnedQuantity: 1 }, { returnedQuantity: 0 }],
      });
      expect(await clerk.mutate('receiveReturn', { returnId: asked.returns[0].id })).toEqual(received);
      const second = await askReturn(order.id, [shirts(1), oneHat]);
      expect(
        await clerk.mutate('receiveReturn', { returnId: second.returns[1].id, restock: false }),
      ).toMatchObject({
        state: 'PARTIALLY_RETURNED',
      });
      const third = await askReturn(order.id);
      const all = await clerk.mutate('receiveReturn', { returnId: third.returns[2].id });
      expect(all).toMatchObject({ state: 'RETURNED' });
      expect(refundedOf(order.id)).toBe(3_500);
      expect(stockOf(shirt, hat), 'but what cannot be sold again').toEqual([2, 0]);
      expect((await eventsOf(order.id)).slice(3)).toEqual([
        'order.return-requested.v1',
        'order.returned.v1',
        'order.return-requested.v1',
        'order.returned.v1',
        'order.return-requested.v1',
        'order.returned.v1',
      ]);
    });

    it('is asked for once a key, and for no more than was sent and is not on its way back', async () => {
      const { order, shirts } = await sent();
      const asked = await askReturn(order.id, [shirts(2)], 'k');
      expect(await askReturn(order.id, [shirts(2)], 'k')).toEqual(asked);
      expect(await askReturn(order.id, [shirts(1)], 'k')).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      expect(await askReturn(order.id, [shirts(2)])).toMatchObject({
        __typename: 'InvalidInputError',
        message: 'Expected a quantity from 1 to 1, found 2',
      });
    });

    it('may be rejected, and then be asked for again', async () => {
      const { order, shirts } = await sent();
      const { returns } = await askReturn(order.id, [shirts(3)]);
      const rejected = await clerk.mutate('rejectReturn', { returnId: returns[0].id, reason: 'Worn' });
      expect(rejected).toMatchObject({
        state: 'FULFILLED',
        returns: [{ state: 'REJECTED', decision: 'Worn' }],
      });
      expect(rejected.history.at(-1)).toMatchObject({
        reason: 'A return was rejected: Worn',
        actor: 'STAFF',
      });
      expect(await clerk.mutate('receiveReturn', { returnId: returns[0].id })).toMatchObject({
        __typename: 'ReturnStateError',
        returnState: 'REJECTED',
      });
      expect(await askReturn(order.id, [shirts(3)])).toMatchObject({ __typename: 'Order' });
      expect(refundedOf(order.id)).toBe(0);
    });

    it('was sent first', async () => {
      const { order } = await ordered();
      expect(await askReturn(order.id)).toMatchObject({ __typename: 'OrderStateError', orderState: 'PAID' });
    });
  });

  it('says to staff, and to nobody else, which user did what', async () => {
    const { order } = await ordered();
    const manager = buyer(world.subgraph, staff('s-1'));
    await manager.mutate('cancelOrder', { orderId: order.id });
    const fields = 'history { actor user { id } }';
    expect((await clerk.order(order.id, fields)).history.at(-1)).toEqual({
      actor: 'STAFF',
      user: { id: 's-1' },
    });
    expect((await guest.order(order.id, fields)).history.at(-1)).toEqual({ actor: 'STAFF', user: null });
  });

  describe('to others', () => {
    it('does not exist, whatever they do to it', async () => {
      const owner = buyer(world.subgraph, customer('c-1'));
      const shirt = world.shop.withVariant({ stock: 1 });
      const cart = await owner.prepares([shirt, 1]);
      const { id: orderId } = await owner.placeOrder(cart);
      await fulfil(orderId);
      const key = { reason: 'Mine now', idempotencyKey: 'k' };
      for (const other of [buyer(world.subgraph, customer('c-2')), guest]) {
        for (const [name, input] of [
          ['cancelOrder', { orderId }],
          ['requestReturn', { orderId, ...key }],
          ['cancelOrder', { orderId: 'no-id' }],
        ] as const)
          expect(await other.mutate(name, input)).toMatchObject({ code: 'ORDER_NOT_FOUND' });
      }
      expect(await owner.mutate('requestReturn', { orderId, ...key })).toMatchObject({ state: 'FULFILLED' });
    });

    it.each([
      ['fulfilOrder', { orderId: newId(), idempotencyKey: 'k' }],
      ['markDelivered', { orderId: newId() }],
      ['receiveReturn', { returnId: newId() }],
      ['rejectReturn', { returnId: newId(), reason: 'r' }],
    ])('%s is for staff', async (name, input) => {
      await expect(guest.mutate(name, input)).rejects.toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
      await expect(buyer(world.subgraph, customer('c-1')).mutate(name, input)).rejects.toMatchObject({
        errors: [{ extensions: { code: 'FORBIDDEN' } }],
      });
      expect((await clerk.mutate(name, input)).code).toMatch(/_NOT_FOUND$/);
    });

    it('shows a return by its id to whom the order shows', async () => {
      const { order } = await ordered();
      await fulfil(order.id);
      const { returns } = await askReturn(order.id);
      const { data } = await world.subgraph.entities(
        [{ __typename: 'Return', id: returns[0].id }],
        '... on Return { state lines { line { sku } } }',
      );
      expect(data).toMatchObject([{ state: 'REQUESTED' }]);
      const owner = buyer(world.subgraph, customer('c-3'));
      const own = await owner.placeOrder(await owner.prepares([world.shop.withVariant(), 1]));
      await fulfil(own.id);
      const mine = await owner.mutate('requestReturn', { orderId: own.id, reason: 'r', idempotencyKey: 'k' });
      const hidden = await world.subgraph.entities(
        [{ __typename: 'Return', id: mine.returns[0].id }],
        '... on Return { id }',
      );
      expect(hidden.data).toEqual([null]);
    });
  });
});

describe('an order whose money is taken at fulfilment', () => {
  let world: OrdersWithFakes;
  beforeAll(async () => {
    world = await ordersWithFakes({ environment: { PAYMENT_CAPTURE: 'on-fulfilment' } });
  });
  afterAll(() => world.stop());
  const ordered = async (token?: string) => {
    const guest = buyer(world.subgraph);
    const cartId = await guest.prepares([world.shop.withVariant({ stock: 2 }), 2]);
    return guest.placeOrder(cartId, token === undefined ? {} : { token });
  };
  const clerk = () => buyer(world.subgraph, staff());
  const fulfil = (order: { id: string; lines: { id: string }[] }, quantity: number) =>
    clerk().mutate('fulfilOrder', {
      orderId: order.id,
      lines: [{ lineId: order.lines[0]?.id, quantity }],
      idempotencyKey: newId(),
    });

  it('has it taken once, with the first part', async () => {
    const order = await ordered();
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ state: PaymentState.AUTHORIZED }]);
    await fulfil(order, 1);
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ state: PaymentState.CAPTURED }]);
    world.shop.faults.forget();
    expect(await fulfil(order, 1)).toMatchObject({ state: 'FULFILLED' });
    expect(world.shop.faults.calls('payments.capture')).toBe(0);
  });

  it('is not sent when it cannot be taken', async () => {
    const order = await ordered('tok_capture_fails');
    expect(await fulfil(order, 1)).toMatchObject({
      __typename: 'OrderNotCapturedError',
      message: 'The money could not be taken, and nothing was recorded as sent: The hold is gone',
    });
    expect(await clerk().order(order.id, afterwards)).toMatchObject({ state: 'PAID', fulfilments: [] });
  });

  it('has the hold let go of when it is cancelled before', async () => {
    const order = await ordered();
    await clerk().mutate('cancelOrder', { orderId: order.id });
    expect(world.shop.paymentsOf(order.id)).toMatchObject([{ state: PaymentState.VOIDED }]);
  });
});

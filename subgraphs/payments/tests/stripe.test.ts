import { newId } from '@stoa/clock';
import { testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { payments as paymentsSubgraph } from '../src/subgraph.ts';
import { authorization } from './open-payments.ts';
import { type OpenStripe, openStripe } from './open-stripe.ts';

describe('paying with stripe', () => {
  let shop: OpenStripe;
  beforeAll(async () => {
    shop = await openStripe();
  });
  afterAll(() => shop.stop());

  const ledgerOf = async (id: string) =>
    (await shop.payments.read(id)).ledger.map(({ kind, amount }) => [kind, amount.amount]);
  const intentOf = (id: string) => {
    const intent = [...shop.stripe.books.intents.values()].find(({ metadata }) => metadata.payment_id === id);
    if (intent === undefined) throw new Error(`expected a PaymentIntent of ${id}`);
    return intent;
  };
  /** Sends all that Stripe has told of a payment, and waits until it is applied. */
  const deliver = async (id: string) => {
    for (const event of shop.stripe.books.events) {
      const body = shop.stripe.bodyOf(event);
      if (body.includes(id) || body.includes(intentOf(id).id)) await shop.send(body);
    }
    await vi.waitFor(async () => {
      const pending = await shop.payments.subgraph.database.em
        .fork()
        .getKnex()('webhook_event')
        .where({ state: 'PENDING' });
      expect(pending).toEqual([]);
    });
  };
  const paid = { state: PaymentState.CAPTURED, captured: 5_000n };

  it('makes a PaymentIntent, writes down its name, and confirms it', async () => {
    shop.stripe.calls.length = 0;
    const payment = await shop.pay();
    expect(payment).toMatchObject(paid);
    expect(shop.stripe.calls).toEqual(['create', 'confirm']);
    expect(intentOf(payment.id)).toMatchObject({ amount: 5_000, currency: 'eur', status: 'succeeded' });
    expect(await shop.payments.read(payment.id)).toMatchObject({
      method: 'Visa ending in 4242',
      ledger: [{ kind: 'AUTHORIZATION' }, { kind: 'CAPTURE', providerReference: intentOf(payment.id).id }],
    });
  });

  it('gives Stripe keys that a repeat has again', async () => {
    shop.stripe.keys.length = 0;
    const { id } = await shop.pay({ capture: false });
    const rpc = shop.payments.rpc();
    await rpc.capture({ paymentId: id, idempotencyKey: newId() });
    const { refundId } = await rpc.refund({ paymentId: id, idempotencyKey: newId(), amount: 100n });
    const voided = await shop.pay({ capture: false });
    await rpc.void({ paymentId: voided.id, idempotencyKey: newId() });
    const operations = await shop.payments.subgraph.database.em
      .fork()
      .getKnex()('payment_operation')
      .whereIn('payment_id', [id, voided.id])
      .orderBy('id');
    const [captureId, , voidId] = operations.map((operation) => operation.id);
    expect(shop.stripe.keys).toEqual([
      `${id}:create`,
      `${id}:confirm`,
      captureId,
      refundId,
      `${voided.id}:create`,
      `${voided.id}:confirm`,
      voidId,
    ]);
  });

  it('captures later, gives back in parts, and keeps both ledgers alike', async () => {
    const { id } = await shop.pay({ capture: false });
    expect(intentOf(id)).toMatchObject({ capture_method: 'manual', status: 'requires_capture' });
    const rpc = shop.payments.rpc();
    await rpc.capture({ paymentId: id, idempotencyKey: newId() });
    await rpc.refund({ paymentId: id, idempotencyKey: newId(), amount: 1_500n });
    await rpc.refund({ paymentId: id, idempotencyKey: newId(), amount: 3_500n });
    expect((await shop.payments.read(id)).state).toBe('REFUNDED');
    await deliver(id);
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['CAPTURE', 5_000],
      ['REFUND', -1_500],
      ['REFUND', -3_500],
    ]);
    expect(await shop.payments.eventsOf(id)).toHaveLength(4);
  });

  it('lets go of a hold', async () => {
    const { id } = await shop.pay({ capture: false });
    await shop.payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
    expect(intentOf(id).status).toBe('canceled');
    await deliver(id);
    expect((await shop.payments.read(id)).state).toBe('VOIDED');
  });

  it.each([
    ['pm_card_chargeDeclined', 'generic_decline', 'Your card was declined.'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds', 'Your card was declined.'],
    ['pm_unheard_of', 'resource_missing', "No such PaymentMethod: 'pm_unheard_of'"],
  ])('tells why %s was declined', async (token, failureCode, failureMessage) => {
    const payment = await shop.pay({ token });
    expect(payment).toMatchObject({ state: PaymentState.DECLINED, failureCode, failureMessage });
    expect(await ledgerOf(payment.id)).toEqual([]);
  });

  it('tells why Stripe takes no such amount', async () => {
    expect(await shop.pay({ amount: 49n })).toMatchObject({
      state: PaymentState.DECLINED,
      failureCode: 'amount_too_small',
    });
    expect(await shop.pay({ amount: 5_124n, currency: 'KWD' })).toMatchObject({
      state: PaymentState.DECLINED,
      failureCode: 'amount_not_supported',
    });
  });

  it.each([
    ['JPY', 500n, 500],
    ['ISK', 500n, 50_000],
  ])('writes an amount in %s as Stripe does', async (currency, amount, stripes) => {
    const { id } = await shop.pay({ currency, amount });
    expect(intentOf(id).amount).toBe(stripes);
    const { refundId } = await shop.payments
      .rpc()
      .refund({ paymentId: id, idempotencyKey: newId(), amount: 100n });
    const refund = shop.stripe.books.refunds.find(({ metadata }) => metadata.operation_id === refundId);
    expect(refund?.amount).toBe((stripes / Number(amount)) * 100);
  });

  it('sends the buyer to their bank, and learns by webhook that they have confirmed', async () => {
    const payment = await shop.pay({ token: 'pm_card_authenticationRequired' });
    expect(payment.state).toBe(PaymentState.REQUIRES_ACTION);
    expect(payment.actionUrl).toBe(`https://hooks.example/3d/${intentOf(payment.id).id}`);
    expect(intentOf(payment.id).next_action).toMatchObject({
      redirect_to_url: { return_url: 'http://localhost:4000' },
    });
    shop.stripe.books.buyerAnswers(intentOf(payment.id).id, true);
    await deliver(payment.id);
    expect((await shop.payments.read(payment.id)).state).toBe('CAPTURED');
  });

  it('learns by webhook that the buyer was not who they said', async () => {
    const payment = await shop.pay({ token: 'pm_card_authenticationRequired' });
    shop.stripe.books.buyerAnswers(intentOf(payment.id).id, false);
    await deliver(payment.id);
    expect(await shop.payments.read(payment.id)).toMatchObject({
      state: 'DECLINED',
      failure: { code: 'payment_intent_authentication_failure' },
    });
  });

  it.each([
    ['create', 'request-lost', 'FAILED'],
    ['create', 'answer-lost', 'FAILED'],
    ['create', 'fails', 'FAILED'],
    ['create', 'too-many', 'FAILED'],
    ['confirm', 'request-lost', 'FAILED'],
    ['confirm', 'answer-lost', 'CAPTURED'],
    ['confirm', 'fails', 'FAILED'],
    ['confirm', 'fails-after', 'CAPTURED'],
    ['confirm', 'too-many', 'FAILED'],
  ] as const)('never guesses: %s with %s comes to %s', async (call, fault, state) => {
    shop.stripe.breakNext(call, fault);
    const payment = await shop.pay();
    expect(PaymentState[payment.state]).toBe(state);
    const taken = [...shop.stripe.books.intents.values()]
      .filter(({ metadata }) => metadata.payment_id === payment.id)
      .reduce((sum, { amount_received }) => sum + amount_received, 0);
    expect(BigInt(taken)).toBe(payment.captured);
  });

  it.each([
    ['answer-lost', 'CAPTURED'],
    ['fails-after', 'CAPTURED'],
    ['request-lost', 'AUTHORIZED'],
    ['fails', 'AUTHORIZED'],
  ] as const)('never guesses: a capture with %s comes to %s', async (fault, state) => {
    const { id } = await shop.pay({ capture: false });
    shop.stripe.breakNext('capture', fault);
    await shop.payments.rpc().capture({ paymentId: id, idempotencyKey: newId() });
    expect((await shop.payments.read(id)).state).toBe(state);
    // A new attempt has a key of its own, and goes through.
    if (state === 'AUTHORIZED') await shop.payments.rpc().capture({ paymentId: id, idempotencyKey: newId() });
    expect((await shop.payments.read(id)).state).toBe('CAPTURED');
  });

  it('closes the door to a request whose time is up: it arrives, and takes nothing', async () => {
    const held = shop.stripe.holdNext('confirm');
    const payment = await shop.pay();
    expect(payment).toMatchObject({ state: PaymentState.FAILED, failureCode: 'timeout' });
    await held.proceed();
    expect(intentOf(payment.id)).toMatchObject({ status: 'canceled', amount_received: 0 });
    await deliver(payment.id);
    expect(await ledgerOf(payment.id)).toEqual([]);
  });

  it('takes up a payment that a crash left between the name and the money', async () => {
    const request = authorization({ provider: 'stripe', token: 'pm_card_visa' });
    shop.stripe.breakNext('confirm', 'request-lost');
    shop.stripe.breakNext('read', 'request-lost');
    expect((await shop.payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CREATED);
    shop.stripe.calls.length = 0;
    expect((await shop.payments.rpc().authorize(request)).payment).toMatchObject(paid);
    // The same PaymentIntent: it was asked first, and no other was made.
    expect(shop.stripe.calls).toEqual(['read', 'confirm']);
  });

  it('gives a refund that failed at once as refused', async () => {
    const { id } = await shop.pay({ token: 'pm_refund_fails' });
    expect(
      await shop.payments.rpc().refund({ paymentId: id, idempotencyKey: newId(), amount: 100n }),
    ).toMatchObject({ succeeded: false, payment: { failureCode: 'lost_or_stolen_card' } });
    await deliver(id);
    expect(await ledgerOf(id)).toHaveLength(2);
  });

  it('records a refund that was made in the dashboard', async () => {
    const { id } = await shop.pay();
    shop.stripe.books.refund({ payment_intent: intentOf(id).id, amount: '700' });
    await deliver(id);
    expect(await shop.payments.read(id)).toMatchObject({
      state: 'PARTIALLY_REFUNDED',
      refunded: { amount: 700 },
      refunds: [{ reason: 'Given back at the provider' }],
    });
  });

  it('loses a hold when Stripe says so', async () => {
    const { id } = await shop.pay({ capture: false });
    shop.stripe.books.expireHolds();
    await deliver(id);
    expect(await shop.payments.read(id)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'authorization_expired' },
    });
  });

  it('refuses a webhook that is not signed by Stripe, or long ago', async () => {
    const body = JSON.stringify({ id: 'evt_1', type: 'payment_intent.succeeded', data: { object: {} } });
    for (const signature of [
      '',
      't=1,v1=0',
      shop.stripe.sign(`${body} `, shop.payments.clock.now()),
      shop.stripe.sign(body, new Date(shop.payments.clock.now().getTime() - 301_000)),
    ]) {
      const response = await shop.send(body, signature);
      expect(response.statusCode).toBe(401);
      expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_SIGNATURE' } }] });
    }
    expect((await shop.send('hello')).statusCode).toBe(400);
  });

  it('takes note of a webhook that concerns no payment, and does nothing', async () => {
    const body = JSON.stringify({
      id: 'evt_payout',
      type: 'payout.paid',
      data: { object: { id: 'po_1', object: 'payout' } },
    });
    expect((await shop.send(body)).statusCode).toBe(200);
    const row = await shop.payments.subgraph.database.em
      .fork()
      .getKnex()('webhook_event')
      .where({ id: 'stripe:evt_payout' })
      .first();
    expect(row.state).toBe('IGNORED');
  });
});

describe('the settings of stripe', () => {
  it.each([
    [{}, 'expected STRIPE_SECRET_KEY (sk_…) and STRIPE_WEBHOOK_SECRET (whsec_…) to be set'],
    [{ STRIPE_SECRET_KEY: 'sk_test_x' }, 'expected STRIPE_WEBHOOK_SECRET (whsec_…) to be set'],
    [{ STRIPE_API_URL: 'stripe' }, 'STRIPE_API_URL: expected a URL'],
    [{ STRIPE_TIMEOUT_MS: '5000' }, 'STRIPE_TIMEOUT_MS: expected a whole number from 50 to 3900'],
  ])('are told when they are wrong: %o', async (environment, message) => {
    const opening = testSubgraph(paymentsSubgraph, {
      environment: { PAYMENT_PROVIDERS: 'stripe', ...environment },
    });
    await expect(opening).rejects.toThrow(message);
  });
});

import { newId } from '@stoa/clock';
import { guest } from '@stoa/identity';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';

const held = ['AUTHORIZATION', 5_000];
const taken = ['CAPTURE', 5_000];

describe.each(databaseEngines)('authorising on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());

  const ledgerOf = async (id: string) =>
    (await payments.read(id)).ledger.map(({ kind, amount }) => [kind, amount.amount]);

  it.each([
    ['tok_approve', true, 'CAPTURED', null, [held, taken], 'payment-captured'],
    ['tok_approve', false, 'AUTHORIZED', null, [held], 'payment-authorized'],
    ['tok_decline', true, 'DECLINED', 'card_declined', [], 'payment-declined'],
    ['tok_decline', false, 'DECLINED', 'card_declined', [], 'payment-declined'],
    ['tok_action', true, 'REQUIRES_ACTION', null, [], 'payment-action-required'],
    ['tok_decline_funds', true, 'DECLINED', 'insufficient_funds', [], 'payment-declined'],
    ['tok_decline_expired', false, 'DECLINED', 'expired_card', [], 'payment-declined'],
    ['tok_timeout_charged', true, 'CAPTURED', null, [held, taken], 'payment-captured'],
    ['tok_timeout_charged', false, 'AUTHORIZED', null, [held], 'payment-authorized'],
    ['tok_timeout_not_charged', true, 'FAILED', 'timeout', [], 'payment-failed'],
    ['tok_settles_late', true, 'FAILED', 'timeout', [], 'payment-failed'],
    ['tok_webhook_first', true, 'CAPTURED', null, [held, taken], 'payment-captured'],
    ['tok_capture_timeout', false, 'AUTHORIZED', null, [held], 'payment-authorized'],
    ['tok_capture_fails', true, 'DECLINED', 'capture_failed', [], 'payment-declined'],
    ['tok_capture_fails', false, 'AUTHORIZED', null, [held], 'payment-authorized'],
    ['tok_refund_fails', true, 'CAPTURED', null, [held, taken], 'payment-captured'],
    ['tok_unheard_of', true, 'DECLINED', 'invalid_token', [], 'payment-declined'],
  ] as const)('with %s, capture %s, comes to %s', async (token, capture, state, failure, ledger, event) => {
    const payment = await payments.pay({ token, capture });
    expect(PaymentState[payment.state]).toBe(state);
    expect(payment.failureCode).toBe(failure ?? '');
    expect(payment.captured).toBe(state === 'CAPTURED' ? 5_000n : 0n);
    expect(await ledgerOf(payment.id)).toEqual(ledger);
    expect(await payments.eventsOf(payment.id)).toEqual([[`payments.${event}.v1`, 5_000]]);
  });

  it('lists the tokens to who uses another', async () => {
    const { failureMessage } = await payments.pay({ token: 'tok_visa' });
    expect(failureMessage).toContain('tok_approve, tok_decline, ');
  });

  it('keeps a number that is larger than 32 bits', async () => {
    const { id } = await payments.pay({ amount: 9_007_199_254_740_991n });
    expect((await payments.read(id)).captured.amount).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('never keeps the token', async () => {
    const { id } = await payments.pay({ token: 'tok_action' });
    const row = await payments.subgraph.database.em.fork().getKnex()('payment').where({ id }).first();
    expect(JSON.stringify(row)).not.toContain('tok_action');
  });

  it('gives the same payment for the same key, and asks for the money once', async () => {
    const request = authorization();
    const first = await payments.rpc().authorize(request);
    payments.sandbox.calls.length = 0;
    expect(await payments.rpc().authorize(request)).toEqual(first);
    expect(payments.sandbox.calls).toEqual([]);
    expect(await ledgerOf(request.paymentId ?? '')).toEqual([held, taken]);
  });

  it('gives a declined payment again for the same key', async () => {
    const request = authorization({ token: 'tok_decline' });
    const first = await payments.rpc().authorize(request);
    expect(await payments.rpc().authorize(request)).toEqual(first);
  });

  it.each([
    ['amount', { amount: 5_001n }],
    ['currency', { currency: 'USD' }],
    ['order', { orderId: 'another' }],
    ['owner', { ownerId: 'u-2' }],
    ['token', { token: 'tok_decline' }],
    ['capture', { capture: false }],
    ['payment', { paymentId: '019ae000-0000-7000-8000-000000000001' }],
  ])('refuses the same key with another %s', async (_, other) => {
    const request = authorization();
    await payments.rpc().authorize(request);
    const before = await payments.read(request.paymentId ?? '');
    await expect(payments.rpc().authorize({ ...request, ...other })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await payments.read(request.paymentId ?? '')).toEqual(before);
  });

  it('refuses the same payment id with another key', async () => {
    const request = authorization();
    await payments.rpc().authorize(request);
    await expect(payments.rpc().authorize({ ...request, idempotencyKey: newId() })).rejects.toMatchObject({
      kind: 'conflict',
      code: 'PAYMENT_ID_TAKEN',
    });
  });

  it('charges once for 20 requests with one key at once', async () => {
    const request = authorization();
    payments.sandbox.calls.length = 0;
    const answers = await Promise.all(Array.from({ length: 20 }, () => payments.rpc().authorize(request)));
    expect(new Set(answers.map(({ payment }) => payment?.state))).toEqual(new Set([PaymentState.CAPTURED]));
    expect(payments.sandbox.calls).toEqual(['authorize']);
    expect(await ledgerOf(request.paymentId ?? '')).toEqual([held, taken]);
    expect(await payments.eventsOf(request.paymentId ?? '')).toHaveLength(1);
  });

  it('lets one win of requests at once with one key and other input', async () => {
    const request = authorization();
    const answers = await Promise.allSettled(
      [5_000n, 6_000n, 7_000n].map((amount) => payments.rpc().authorize({ ...request, amount })),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    }
  });

  describe('when the provider cannot be reached afterwards', () => {
    it.each([
      ['the request was lost', 'request-lost', ['retrieve', 'authorize']],
      ['the answer was lost', 'answer-lost', ['retrieve']],
    ] as const)('says that it does not know, and a repeat finds out (%s)', async (_, fault, asked) => {
      const request = authorization();
      const { authorize } = payments.rpc();
      payments.sandbox.breakNext('authorize', fault);
      payments.sandbox.breakNext('retrieve', 'request-lost');
      expect((await authorize(request)).payment?.state).toBe(PaymentState.CREATED);
      expect(await ledgerOf(request.paymentId ?? '')).toEqual([]);
      expect(await payments.eventsOf(request.paymentId ?? '')).toEqual([]);

      payments.sandbox.calls.length = 0;
      expect((await authorize(request)).payment?.state).toBe(PaymentState.CAPTURED);
      expect(payments.sandbox.calls).toEqual(asked);
      expect(await ledgerOf(request.paymentId ?? '')).toEqual([held, taken]);
      expect(await payments.eventsOf(request.paymentId ?? '')).toHaveLength(1);
    });

    it('goes on not knowing while the provider cannot be reached', async () => {
      const request = authorization();
      payments.sandbox.breakNext('authorize', 'answer-lost');
      payments.sandbox.breakNext('retrieve', 'request-lost', 'request-lost');
      await payments.rpc().authorize(request);
      expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CREATED);
      expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CAPTURED);
    });
  });

  it('takes up a payment whose first request broke down after the charge', async () => {
    const request = authorization();
    payments.sandbox.breakNext('authorize', 'crash');
    await expect(payments.rpc().authorize(request)).rejects.toMatchObject({ kind: 'internal' });
    expect((await payments.read(request.paymentId ?? '')).state).toBe('CREATED');
    expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CAPTURED);
    expect(await ledgerOf(request.paymentId ?? '')).toEqual([held, taken]);
  });

  it('leaves a payment to the request that is at work on it, until that has had its time', async () => {
    const request = authorization();
    const { arrived, proceed } = payments.sandbox.holdNext('authorize');
    // Held for longer than a call may take by default, on a machine that is busy.
    const first = payments.rpc().authorize(request, { timeoutMs: 25_000 });
    await arrived;
    payments.sandbox.calls.length = 0;
    // Waits for two seconds, then tells what there is.
    expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CREATED);
    expect(payments.sandbox.calls).toEqual([]);

    payments.clock.advance(20_000);
    expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.CAPTURED);
    proceed();
    expect((await first).payment?.id).toBe(request.paymentId);
    expect(await ledgerOf(request.paymentId ?? '')).toEqual([held, taken]);
    expect(await payments.eventsOf(request.paymentId ?? '')).toHaveLength(1);
  });

  it.each([
    ['an amount of zero', { amount: 0n }, 'above zero'],
    ['an amount below zero', { amount: -1n }, 'above zero'],
    ['an amount beyond 53 bits', { amount: 9_007_199_254_740_992n }, 'at most 9007199254740991'],
    ['a currency that is none', { currency: 'euro' }, 'ISO 4217'],
    ['an id that is no UUID', { paymentId: 'p-1' }, 'UUID'],
    ['no order', { orderId: '' }, 'order_id'],
    ['no token', { token: '' }, 'token'],
    ['no idempotency key', { idempotencyKey: '' }, '1 to 255 characters'],
    ['an idempotency key that is too long', { idempotencyKey: 'x'.repeat(256) }, '1 to 255 characters'],
    ['a provider that is unknown', { provider: 'paypal' }, 'one of sandbox, found "paypal"'],
  ])('refuses %s and changes nothing', async (_, input, message) => {
    const count = async () =>
      Number((await payments.subgraph.database.em.fork().getKnex()('payment').count({ n: '*' }))[0]?.n);
    const before = await count();
    await expect(payments.pay(input)).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringContaining(message),
    });
    expect(await count()).toBe(before);
  });

  it.each([
    ['a buyer', customer('u-2')],
    ['a guest', guest],
  ])('does not let %s pay in the name of another', async (_, viewer) => {
    const request = authorization({ ownerId: 'u-1' });
    await expect(payments.rpc(viewer).authorize(request)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(payments.rpc().getPayment({ paymentId: request.paymentId })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

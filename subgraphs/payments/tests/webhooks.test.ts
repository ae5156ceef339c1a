import { newId } from '@stoa/clock';
import { createHttpServer } from '@stoa/http';
import { signContext } from '@stoa/identity';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { signatureHeader } from '../src/providers/sandbox/sandbox-event.ts';
import { sandboxWebhookSecret } from '../src/providers/sandbox/webhook-sender.ts';
import { signWebhook } from '../src/webhooks/signature.ts';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';
import { type SandboxWebhooks, sandboxWebhooks } from './sandbox-webhooks.ts';

const hourMs = 3_600_000;

describe.each(databaseEngines)('a webhook on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  let webhooks: SandboxWebhooks;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
    webhooks = sandboxWebhooks(payments);
  });
  afterAll(async () => {
    await webhooks.server.close();
    await payments.stop();
  });

  const event = (input: Record<string, unknown> = {}) =>
    JSON.stringify({
      id: newId(),
      type: 'payment.captured',
      paymentId: newId(),
      chargeId: newId(),
      ...input,
    });
  /** A payment that nobody has heard the outcome of: its answer was lost, and so was the one to the question. */
  const forgotten = async () => {
    payments.sandbox.breakNext('authorize', 'answer-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost');
    const { id, state } = await payments.pay();
    expect(state).toBe(PaymentState.CREATED);
    const [body = ''] = await webhooks.bodiesOf(id);
    return { id, body };
  };

  it('settles a payment whose answer was lost', async () => {
    const { id, body } = await forgotten();
    const response = await webhooks.send(body);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ received: true });
    await webhooks.applied();
    expect(await payments.read(id)).toMatchObject({ state: 'CAPTURED', captured: { amount: 5_000 } });
    expect(await payments.eventsOf(id)).toEqual([['payments.payment-captured.v1', 5_000]]);
  });

  it('that comes again is known, and changes nothing', async () => {
    const { id, body } = await forgotten();
    await webhooks.send(body);
    await webhooks.applied();
    const before = await payments.read(id);
    payments.sandbox.calls.length = 0;
    for (let time = 0; time < 5; time += 1) expect((await webhooks.send(body)).statusCode).toBe(200);
    await webhooks.applied();
    expect(payments.sandbox.calls).toEqual([]);
    expect(await payments.read(id)).toEqual(before);
  });

  it('that comes many times at once is applied once', async () => {
    const { id, body } = await forgotten();
    const responses = await Promise.all(Array.from({ length: 10 }, () => webhooks.send(body)));
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await webhooks.applied();
    expect((await payments.read(id)).ledger).toHaveLength(2);
    expect(await payments.eventsOf(id)).toHaveLength(1);
  });

  it('that comes before our own answer does no harm', async () => {
    const request = authorization();
    const { arrived, proceed } = payments.sandbox.holdAnswer('authorize');
    const answer = payments.rpc().authorize(request);
    await arrived;
    const [body = ''] = await webhooks.bodiesOf(request.paymentId ?? '');
    await webhooks.send(body);
    await webhooks.applied();
    const settled = await payments.read(request.paymentId ?? '');
    expect(settled.state).toBe('CAPTURED');
    proceed();
    expect((await answer).payment?.state).toBe(PaymentState.CAPTURED);
    expect(await payments.read(request.paymentId ?? '')).toEqual(settled);
    expect(await payments.eventsOf(request.paymentId ?? '')).toHaveLength(1);
  });

  it('that tells of an operation under way ends that operation', async () => {
    const { id } = await payments.pay({ capture: false });
    const { arrived, proceed } = payments.sandbox.holdAnswer('capture');
    const answer = payments.rpc().capture({ paymentId: id, idempotencyKey: newId() });
    await arrived;
    for (const body of await webhooks.bodiesOf(id)) await webhooks.send(body);
    await webhooks.applied();
    expect((await payments.read(id)).state).toBe('CAPTURED');
    proceed();
    expect((await answer).payment?.state).toBe(PaymentState.CAPTURED);
    expect((await payments.read(id)).ledger).toHaveLength(2);
    expect(await payments.eventsOf(id)).toHaveLength(2);
  });

  it.each([
    ['no signature', null, 'Expected a signature, found none'],
    ['a signature of another form', 'secret', 'of the form t=SECONDS,v1=HEX'],
    ['the signature of something else', `t=1,v1=${'0'.repeat(64)}`, 'is not that of this body'],
  ])('with %s is refused with 401 and not kept', async (_, signature, message) => {
    const body = event();
    const response = await webhooks.send(body, signature);
    expect(response.statusCode).toBe(401);
    expect(response.json()).toEqual({
      errors: [{ message: expect.stringContaining(message), extensions: { code: 'INVALID_SIGNATURE' } }],
    });
    expect(await webhooks.states()).not.toHaveProperty(JSON.parse(body).id);
  });

  it('is checked byte by byte: a body that only means the same is refused', async () => {
    const { body } = await forgotten();
    const request = { method: 'POST', url: '/webhooks/payments/sandbox' } as const;
    const signature = signWebhook(sandboxWebhookSecret(payments.contextSecret), body, payments.clock.now());
    const respaced = JSON.stringify(JSON.parse(body), null, 1);
    const send = (payload: string) =>
      webhooks.server.inject({ ...request, headers: { [signatureHeader]: signature }, payload });
    expect((await send(respaced)).statusCode).toBe(401);
    // Without a content type, too: what was signed is the bytes.
    expect((await send(body)).statusCode).toBe(200);
    await webhooks.applied();
  });

  it.each([
    ['JSON of another form', '{"id":"x"}'],
    ['no JSON', 'hello'],
    ['nothing', ''],
  ])('with %s is refused with 400, when it is signed', async (_, body) => {
    const response = await webhooks.send(body);
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_WEBHOOK' } }] });
  });

  it('of a provider that is unknown or not enabled finds nothing', async () => {
    for (const provider of ['paypal', 'stripe']) {
      const response = await webhooks.server.inject({
        method: 'POST',
        url: `/webhooks/payments/${provider}`,
        payload: '{}',
      });
      expect(response.statusCode).toBe(404);
      expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_PROVIDER' } }] });
    }
  });

  it('that is too large is refused with the limit', async () => {
    const response = await webhooks.send('x'.repeat(256_001));
    expect(response.statusCode).toBe(413);
    expect(response.json()).toEqual({
      errors: [
        {
          message: 'The body is too large: expected at most 256000 bytes',
          extensions: { code: 'PAYLOAD_TOO_LARGE' },
        },
      ],
    });
  });

  it('about a payment that is not there yet waits for it, with growing delay', async () => {
    const request = authorization();
    const body = event({ paymentId: request.paymentId });
    const { id } = JSON.parse(body);
    await webhooks.send(body);
    await vi.waitFor(async () => expect(await attemptsOf(id)).toBe(1));
    payments.sandbox.breakNext('authorize', 'answer-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost');
    await payments.rpc().authorize(request);
    await payments.subgraph.work('apply-webhooks');
    expect((await webhooks.states())[id]).toBe('PENDING');
    payments.clock.advance(1_000);
    await payments.subgraph.work('apply-webhooks');
    expect((await webhooks.states())[id]).toBe('APPLIED');
    expect((await payments.read(request.paymentId ?? '')).state).toBe('CAPTURED');
  });

  it('about a payment that never turns up is let go of after a day', async () => {
    const body = event();
    const { id } = JSON.parse(body);
    await webhooks.send(body);
    for (let hour = 0; hour <= 25; hour += 1) {
      await payments.subgraph.work('apply-webhooks');
      payments.clock.advance(hourMs);
    }
    expect((await webhooks.states())[id]).toBe('IGNORED');
    expect(await attemptsOf(id)).toBeGreaterThan(5);
  });

  it('is tried again when the provider cannot be asked', async () => {
    const { id, body } = await forgotten();
    payments.sandbox.breakNext('retrieve', 'request-lost', 'request-lost');
    await webhooks.send(body);
    const { id: eventId } = JSON.parse(body);
    await vi.waitFor(async () => expect(await attemptsOf(eventId)).toBe(1));
    for (const pauseMs of [1_000, 2_000]) {
      await payments.subgraph.work('apply-webhooks');
      expect((await payments.read(id)).state).toBe('CREATED');
      payments.clock.advance(pauseMs);
    }
    await payments.subgraph.work('apply-webhooks');
    expect((await payments.read(id)).state).toBe('CAPTURED');
    expect((await webhooks.states())[eventId]).toBe('APPLIED');
  });

  it('that tells of the money which the answer has told of asks nobody', async () => {
    const request = authorization();
    await payments.rpc().authorize(request);
    payments.sandbox.breakNext('retrieve', 'request-lost');
    const body = event({ paymentId: request.paymentId });
    await webhooks.send(body);
    const { id } = JSON.parse(body);
    await vi.waitFor(async () => expect((await webhooks.states())[id]).toBe('APPLIED'));
    expect(await attemptsOf(id)).toBe(0);
  });

  it('is forgotten a month after it was applied', async () => {
    const { body } = await forgotten();
    const { id } = JSON.parse(body);
    await webhooks.send(body);
    await webhooks.applied();
    payments.clock.advance(30 * 24 * hourMs - 1);
    await payments.subgraph.work('forget-webhooks');
    expect(await webhooks.states()).toHaveProperty(id);
    payments.clock.advance(2);
    await payments.subgraph.work('forget-webhooks');
    expect(await webhooks.states()).not.toHaveProperty(id);
  });

  async function attemptsOf(eventId: string): Promise<number> {
    const row = await payments.subgraph.database.em
      .fork()
      .getKnex()('webhook_event')
      .where({ id: `sandbox:${eventId}` })
      .first();
    return Number(row.attempts);
  }
});

it('leaves the other routes of a server their parsed bodies', async () => {
  const payments = await openPayments();
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000,
    notReadyBecause: () => null,
  });
  await payments.subgraph.addRoutes(server);
  const call = {
    viewer: staff(),
    requestId: 'test',
    channel: 'default',
    currency: 'EUR',
    locale: 'en',
  };
  const response = await server.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      'content-type': 'application/json',
      'x-stoa-context': signContext(call, payments.contextSecret),
    },
    payload: JSON.stringify({ query: '{ payments { totalCount } }' }),
  });
  expect(response.json()).toEqual({ data: { payments: { totalCount: 0 } } });
  const tooLarge = await server.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify({ query: 'x'.repeat(1_000) }),
  });
  expect(tooLarge.json()).toMatchObject({
    errors: [{ message: 'The body is too large: expected at most 1000 bytes' }],
  });
  await server.close();
  await payments.stop();
});

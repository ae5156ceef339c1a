import { newId } from '@stoa/clock';
import { createHttpServer, type HttpServer, listen } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines } from '@stoa/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { signatureHeader } from '../src/providers/sandbox/sandbox-event.ts';
import { sandboxWebhookSecret } from '../src/providers/sandbox/webhook-sender.ts';
import { checkSignature } from '../src/webhooks/signature.ts';
import { type OpenPayments, openPayments } from './open-payments.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function serve(): HttpServer {
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 100_000,
    notReadyBecause: () => null,
  });
  stops.push(() => server.close());
  return server;
}

async function open(databaseUrl?: string, environment = {}): Promise<OpenPayments> {
  const payments = await openPayments(databaseUrl, { environment });
  stops.push(() => payments.stop());
  return payments;
}

/** Somebody whom the sandbox sends its webhooks to, and who answers as told. */
async function receiver(answers: number[] = []) {
  const server = serve();
  const received: { body: string; signature: string }[] = [];
  server.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
  server.removeContentTypeParser('application/json');
  server.post('/hook', async (request, reply) => {
    received.push({ body: String(request.body), signature: String(request.headers[signatureHeader]) });
    return reply.code(answers.shift() ?? 200).send();
  });
  const url = `${await listen(server, 0)}/hook`.replace('[::1]', 'localhost').replace('[::]', 'localhost');
  return { url, received };
}

const webhooksIn = async (payments: OpenPayments) =>
  (await payments.subgraph.database.em.fork().getKnex()('sandbox_webhook').select('*').orderBy('id')).map(
    ({ state, attempts }) => ({ state, attempts: Number(attempts) }),
  );

describe.each(databaseEngines)('the webhooks that the sandbox sends, on $engine', ({ engine, freshUrl }) => {
  it('reach the process that it is part of, and are applied', async () => {
    const payments = await open(freshUrl());
    const server = serve();
    await payments.subgraph.addRoutes(server);
    await listen(server, 0);
    payments.sandbox.breakNext('authorize', 'answer-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost');
    const { id, state } = await payments.pay();
    expect(state).toBe(PaymentState.CREATED);
    await vi.waitFor(async () => expect((await payments.read(id)).state).toBe('CAPTURED'));
    await vi.waitFor(async () =>
      expect(await webhooksIn(payments)).toEqual([{ state: 'DELIVERED', attempts: 1 }]),
    );
  });

  it('come first where the card says so', async () => {
    const payments = await open(freshUrl());
    const server = serve();
    await payments.subgraph.addRoutes(server);
    await listen(server, 0);
    const { arrived, proceed } = payments.sandbox.holdAnswer('authorize');
    const paying = payments.pay({ token: 'tok_webhook_first' });
    await arrived;
    // The call has not been answered, and the webhook is there.
    expect(await webhooksIn(payments)).toEqual([{ state: 'DELIVERED', attempts: 1 }]);
    proceed();
    const { id, state } = await paying;
    expect(state).toBe(PaymentState.CAPTURED);
    expect(await payments.eventsOf(id)).toHaveLength(1);
  });

  it('are signed anew and sent again with growing delay until they are taken', async () => {
    const { url, received } = await receiver([500, 404, 200]);
    const payments = await open(freshUrl(), { PAYMENT_SANDBOX_WEBHOOK_URL: url });
    const { id } = await payments.pay();
    const attempts = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count));
    const recorded = (attempted: number) =>
      vi.waitFor(async () => expect(await webhooksIn(payments)).toMatchObject([{ attempts: attempted }]));
    await attempts(1);
    await recorded(1);
    for (const [pauseMs, count] of [
      [1_000, 2],
      [2_000, 3],
    ] as const) {
      payments.clock.advance(pauseMs - 1);
      await payments.subgraph.work('providers');
      expect(received).toHaveLength(count - 1);
      payments.clock.advance(1);
      await payments.subgraph.work('providers');
      expect(received).toHaveLength(count);
      const last = received.at(-1);
      const secret = sandboxWebhookSecret(payments.contextSecret);
      checkSignature(secret, Buffer.from(last?.body ?? ''), last?.signature, payments.clock.now());
    }
    expect(await webhooksIn(payments)).toEqual([{ state: 'DELIVERED', attempts: 3 }]);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ type: 'payment.captured', paymentId: id });
  });

  it('are sent again where they were not taken, and not where they were', async () => {
    const { url, received } = await receiver([500, 500, 500, 200, 500, 200]);
    const payments = await open(freshUrl(), { PAYMENT_SANDBOX_WEBHOOK_URL: url });
    const states = async () => (await webhooksIn(payments)).map(({ state }) => state).sort();
    const attempts = async () => (await webhooksIn(payments)).map((webhook) => webhook.attempts);
    for (let n = 0; n < 3; n += 1) await payments.pay({ amount: BigInt(100 + n) });
    await vi.waitFor(async () => expect(await attempts()).toEqual([1, 1, 1]));
    payments.clock.advance(1_000);
    await payments.subgraph.work('providers');
    expect(await attempts()).toEqual([2, 2, 2]);
    expect(await states()).toEqual(['DELIVERED', 'DELIVERED', 'PENDING']);
    payments.clock.advance(2_000);
    await payments.subgraph.work('providers');
    expect(await states()).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED']);
    expect(received).toHaveLength(7);
  });

  it('are given up when nobody takes them', async () => {
    const { url } = await receiver(Array.from({ length: 100 }, () => 500));
    const payments = await open(freshUrl(), { PAYMENT_SANDBOX_WEBHOOK_URL: url });
    await payments.pay();
    for (let time = 0; time < 60; time += 1) {
      await payments.subgraph.work('providers');
      payments.clock.advance(3_600_000);
    }
    expect(await webhooksIn(payments)).toEqual([{ state: 'GIVEN_UP', attempts: 48 }]);
  });

  it('tell of everything that happens, in order', async () => {
    const { url, received } = await receiver();
    const payments = await open(freshUrl(), { PAYMENT_SANDBOX_WEBHOOK_URL: url });
    const { id } = await payments.pay({ capture: false });
    const request = () => ({ paymentId: id, idempotencyKey: newId() });
    await payments.rpc().capture(request());
    await payments.rpc().refund({ ...request(), amount: 100n });
    await vi.waitFor(() => expect(received).toHaveLength(3));
    const types = received.map(({ body }) => JSON.parse(body)).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(types.map(({ type }) => type)).toEqual([
      'payment.authorized',
      'payment.captured',
      'refund.succeeded',
    ]);
  });

  it.runIf(engine === 'postgresql')('are each sent by one of several processes', async () => {
    const { url, received } = await receiver();
    const databaseUrl = freshUrl();
    const quiet = await open(databaseUrl, { PAYMENT_SANDBOX_WEBHOOK_URL: 'http://localhost:1' });
    for (let n = 0; n < 30; n += 1) await quiet.pay({ amount: BigInt(100 + n) });
    const instances = [
      await open(databaseUrl, { PAYMENT_SANDBOX_WEBHOOK_URL: url }),
      await open(databaseUrl, { PAYMENT_SANDBOX_WEBHOOK_URL: url }),
    ];
    await quiet.subgraph.stop();
    for (const { clock } of instances) clock.advance(3_600_000);
    await Promise.all(instances.map(({ subgraph }) => subgraph.work('providers')));
    const ids = received.map(({ body }) => JSON.parse(body).id);
    expect(new Set(ids).size).toBe(30);
    expect(ids).toHaveLength(30);
  });
});

it('sends none when it is told not to, and none before the process listens', async () => {
  const silent = await open(undefined, { PAYMENT_SANDBOX_WEBHOOKS: 'false' });
  await silent.pay();
  expect(await webhooksIn(silent)).toEqual([]);
  const waiting = await open();
  await waiting.pay();
  await waiting.subgraph.work('providers');
  expect(await webhooksIn(waiting)).toEqual([{ state: 'PENDING', attempts: 0 }]);
});

import { newId } from '@stoa/clock';
import { createHttpServer, type HttpServer } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';

describe.each(databaseEngines)('a card that asks the buyer on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  let server: HttpServer;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
    server = createHttpServer({
      logger: silentLogger,
      bodyLimitBytes: 1_000,
      notReadyBecause: () => null,
    });
    payments.subgraph.addRestRoutes(server);
  });
  afterAll(async () => {
    await server.close();
    await payments.stop();
  });

  const begin = async (input: Parameters<OpenPayments['pay']>[0] = {}) => {
    const { id, actionUrl } = await payments.pay({ token: 'tok_action', ...input });
    return { id, path: new URL(actionUrl).pathname };
  };
  // As a browser sends a form without fields.
  const press = (url: string) =>
    server.inject({ method: 'POST', url, headers: { 'content-type': 'text/plain' }, payload: '' });

  it('shows a page where the buyer confirms', async () => {
    const { path } = await begin();
    const response = await server.inject(path);
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toContain('text/html');
    expect(response.body).toContain('5000 EUR');
    expect(response.body).toContain(`action="${path}/yes"`);
  });

  it.each([
    ['yes', true, 'CAPTURED', null, ['AUTHORIZATION', 'CAPTURE'], 'payment-captured'],
    ['yes', false, 'AUTHORIZED', null, ['AUTHORIZATION'], 'payment-authorized'],
    ['no', true, 'DECLINED', 'authentication_failed', [], 'payment-declined'],
  ] as const)(
    'on %s, with capture %s, the payment is %s',
    async (word, capture, state, failure, ledger, event) => {
      const { id, path } = await begin({ capture });
      const response = await press(`${path}/${word}`);
      expect(response.statusCode).toBe(200);
      expect(response.body).toContain('go back to the shop');
      const payment = await payments.read(id);
      expect(payment).toMatchObject({ state, actionUrl: null });
      expect(payment.failure?.code ?? null).toBe(failure);
      expect(payment.ledger.map(({ kind }) => kind)).toEqual(ledger);
      expect((await payments.eventsOf(id)).map(([type]) => type)).toEqual([
        'payments.payment-action-required.v1',
        `payments.${event}.v1`,
      ]);
    },
  );

  it('counts the first answer alone', async () => {
    const { id, path } = await begin();
    await press(`${path}/yes`);
    await press(`${path}/no`);
    await press(`${path}/yes`);
    expect(await payments.read(id)).toMatchObject({ state: 'CAPTURED', captured: { amount: 5_000 } });
    expect((await payments.read(id)).ledger).toHaveLength(2);
  });

  it('does not take money for a payment that was voided meanwhile', async () => {
    const { id, path } = await begin();
    await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
    await press(`${path}/yes`);
    expect(await payments.read(id)).toMatchObject({ state: 'VOIDED', captured: { amount: 0 } });
  });

  it('is found out by a repeated request when nobody told us', async () => {
    const request = authorization({ token: 'tok_action' });
    const { authorize } = payments.rpc();
    const { payment } = await authorize(request);
    expect((await authorize(request)).payment).toEqual(payment);
    // The shop cannot reach the provider when the buyer comes back.
    payments.sandbox.breakNext('retrieve', 'request-lost');
    await press(`${new URL(payment?.actionUrl ?? '').pathname}/yes`);
    expect((await payments.read(request.paymentId ?? '')).state).toBe('REQUIRES_ACTION');
    expect((await authorize(request)).payment?.state).toBe(PaymentState.CAPTURED);
  });

  it.each([
    ['GET', `/sandbox/confirm/${'0'.repeat(36)}`],
    ['GET', '/sandbox/confirm/x'],
    ['POST', '/sandbox/confirm/019ae000-0000-7000-8000-000000000001/yes'],
  ] as const)('answers %s %s with 404', async (method, url) => {
    expect((await server.inject({ method, url })).statusCode).toBe(404);
  });

  it('knows yes and no alone', async () => {
    const { id, path } = await begin();
    expect((await press(`${path}/maybe`)).statusCode).toBe(404);
    expect((await payments.read(id)).state).toBe('REQUIRES_ACTION');
  });
});

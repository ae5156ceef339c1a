import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';
import { sandboxWebhooks } from './sandbox-webhooks.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

describe.each(databaseEngines)('the reconciliation on $engine', ({ engine, freshUrl }) => {
  let payments: OpenPayments;
  const url = freshUrl();
  beforeAll(async () => {
    payments = await openPayments(url);
  });
  afterAll(() => payments.stop());

  const knex = () => payments.subgraph.database.em.fork().getKnex();
  const pass = async (afterMs = minuteMs) => {
    payments.clock.advance(afterMs);
    await payments.subgraph.work('reconcile');
  };
  const ledgerOf = async (id: string) =>
    (await payments.read(id)).ledger.map(({ kind, amount }) => [kind, amount.amount]);
  const namesOf = async (id: string) =>
    (await payments.eventsOf(id)).map(([type]) => type.replace(/payments\.(.*)\.v1/, '$1'));
  /** A payment whose request broke down so, before anything could be written down of its outcome. */
  const abandoned = async (fault: 'crash' | 'request-lost', input = {}) => {
    const request = authorization(input);
    payments.sandbox.breakNext('authorize', fault);
    if (fault === 'request-lost') payments.sandbox.breakNext('retrieve', 'request-lost');
    await payments
      .rpc()
      .authorize(request)
      .catch(() => {});
    expect((await payments.read(request.paymentId ?? '')).state).toBe('CREATED');
    return request.paymentId ?? '';
  };

  it('settles a payment whose process died after the charge', async () => {
    const id = await abandoned('crash');
    await pass();
    expect(await payments.read(id)).toMatchObject({ state: 'CAPTURED', captured: { amount: 5_000 } });
    expect(await namesOf(id)).toEqual(['payment-captured']);
  });

  it('fails a payment whose request never reached the provider, and a repeat is told so', async () => {
    const request = authorization();
    payments.sandbox.breakNext('authorize', 'request-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost');
    await payments.rpc().authorize(request);
    await pass();
    const id = request.paymentId ?? '';
    expect(await payments.read(id)).toMatchObject({ state: 'FAILED', failure: { code: 'timeout' } });
    expect(await ledgerOf(id)).toEqual([]);
    payments.sandbox.calls.length = 0;
    expect((await payments.rpc().authorize(request)).payment?.state).toBe(PaymentState.FAILED);
    expect(payments.sandbox.calls).toEqual([]);
  });

  it('does not give a payment up that somebody is at work on', async () => {
    const request = authorization();
    const { arrived, proceed } = payments.sandbox.holdNext('authorize');
    const first = payments.rpc().authorize(request, { timeoutMs: 25_000 });
    await arrived;
    await knex()('payment')
      .where({ id: request.paymentId })
      .update({ next_check_at: await nowIn('payment', request.paymentId ?? '') });
    await pass(1_000);
    expect((await payments.read(request.paymentId ?? '')).state).toBe('CREATED');
    proceed();
    expect((await first).payment?.state).toBe(PaymentState.CAPTURED);
  });

  it('leaves a payment alone until it is due, and asks after growing pauses', async () => {
    const { id } = await payments.pay({ token: 'tok_action' });
    // The others of this file may be due in between.
    await knex()('payment').whereNot({ id }).update({ next_check_at: null });
    await payments.subgraph.work('reconcile');
    const asked: number[] = [];
    for (let minute = 1; minute <= 40; minute += 1) {
      payments.sandbox.calls.length = 0;
      await pass();
      if (payments.sandbox.calls.includes('retrieve')) asked.push(minute);
    }
    expect(asked).toEqual([1, 2, 4, 8, 16, 32]);
    expect((await payments.read(id)).state).toBe('REQUIRES_ACTION');
    await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
  });

  it('finds out that a buyer has confirmed though nobody told', async () => {
    const { id } = await payments.pay({ token: 'tok_action' });
    await knex()('sandbox_charge').where({ payment_id: id }).update({ state: 'captured', captured: 5_000 });
    await pass();
    expect((await payments.read(id)).state).toBe('CAPTURED');
  });

  it.each([
    ['CAPTURE', 'tok_approve', 'CAPTURED', ['payment-authorized', 'payment-captured']],
    ['VOID', 'tok_approve', 'VOIDED', ['payment-authorized', 'payment-voided']],
    ['REFUND', 'tok_approve', 'PARTIALLY_REFUNDED', ['payment-captured', 'payment-refunded']],
  ] as const)('ends a %s whose process died', async (kind, token, state, events) => {
    for (const fault of ['crash', 'request-lost'] as const) {
      const { id } = await payments.pay({ token, capture: kind === 'REFUND' });
      const rpc = payments.rpc();
      const request = { paymentId: id, idempotencyKey: newId() };
      const call = { CAPTURE: 'capture', VOID: 'void', REFUND: 'refund' } as const;
      payments.sandbox.breakNext(call[kind], fault, fault, fault);
      payments.sandbox.breakNext('retrieve', 'request-lost', 'request-lost', 'request-lost');
      const asking = {
        CAPTURE: () => rpc.capture(request),
        VOID: () => rpc.void(request),
        REFUND: () => rpc.refund({ ...request, amount: 1_000n }),
      };
      await expect(asking[kind]()).rejects.toBeDefined();
      payments.sandbox.breakNext(call[kind]);
      payments.sandbox.breakNext('retrieve');
      await pass();
      expect((await payments.read(id)).state).toBe(state);
      expect(await namesOf(id)).toEqual(events);
    }
  });

  it('learns that a hold was lost, and lets go of it in the ledger', async () => {
    const { id } = await payments.pay({ capture: false });
    for (let day = 0; day < 8; day += 1) await pass(dayMs);
    expect(await payments.read(id)).toMatchObject({
      state: 'FAILED',
      failure: { code: 'authorization_expired' },
    });
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['VOID', -5_000],
    ]);
  });

  it('writes down what was captured and refunded at the provider by hand', async () => {
    const { id } = await payments.pay({ capture: false });
    const charge = await knex()('sandbox_charge').where({ payment_id: id }).first();
    await knex()('sandbox_charge').where({ id: charge.id }).update({ state: 'captured', captured: 5_000 });
    await knex()('sandbox_refund').insert({
      id: newId(),
      charge_id: charge.id,
      idempotency_key: newId(),
      amount: 1_200,
      created_at: charge.created_at,
    });
    await pass();
    expect(await payments.read(id)).toMatchObject({
      state: 'PARTIALLY_REFUNDED',
      refunded: { amount: 1_200 },
      refunds: [{ state: 'SUCCEEDED', reason: 'Given back at the provider' }],
    });
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['CAPTURE', 5_000],
      ['REFUND', -1_200],
    ]);
    expect(await namesOf(id)).toEqual(['payment-authorized', 'payment-captured', 'payment-refunded']);
  });

  it('takes an old answer of the provider for what it is', async () => {
    const { id } = await payments.pay({ capture: false });
    const webhooks = sandboxWebhooks(payments);
    const { arrived, proceed } = payments.sandbox.holdAnswer('retrieve');
    const [body = ''] = await webhooks.bodiesOf(id);
    await webhooks.send(body);
    await arrived;
    // While the answer that says `authorized` is on its way, it is captured and given back.
    await payments.rpc().capture({ paymentId: id, idempotencyKey: newId() });
    await payments.rpc().refund({ paymentId: id, idempotencyKey: newId(), amount: 5_000n });
    const before = await payments.read(id);
    proceed();
    await webhooks.applied();
    expect(await payments.read(id)).toEqual(before);
    await webhooks.server.close();
  });

  it('asks anew when the payment has changed while it asked', async () => {
    const { id } = await payments.pay({ capture: false });
    const webhooks = sandboxWebhooks(payments);
    const { arrived, proceed } = payments.sandbox.holdAnswer('retrieve');
    const [body = ''] = await webhooks.bodiesOf(id);
    await webhooks.send(body);
    await arrived;
    await payments.rpc().void({ paymentId: id, idempotencyKey: newId() });
    proceed();
    await webhooks.applied();
    // The hold that the answer tells of is gone: nothing is to be let go of a second time.
    const operations = await knex()('payment_operation').where({ payment_id: id });
    expect(operations.map(({ kind, state }) => [kind, state])).toEqual([['VOID', 'SUCCEEDED']]);
    await webhooks.server.close();
  });

  it('asks again what was not answered, also when it would not be watched any more', async () => {
    const { id } = await payments.pay({ token: 'tok_settles_late' });
    for (const fault of ['crash', 'request-lost'] as const) {
      payments.sandbox.breakNext('retrieve', ...Array.from({ length: 20 }, () => fault));
      await pass(2 * dayMs);
      expect((await payments.read(id)).captured.amount).toBe(0);
    }
    payments.sandbox.breakNext('retrieve');
    await pass(2 * dayMs);
    expect(await payments.read(id)).toMatchObject({ state: 'FAILED', refunded: { amount: 5_000 } });
  });

  it('goes on when one payment cannot be checked', async () => {
    const [one, two] = [await abandoned('crash'), await abandoned('crash')];
    payments.sandbox.breakNext('retrieve', 'crash');
    await pass();
    const states = [(await payments.read(one)).state, (await payments.read(two)).state];
    expect(states.sort()).toEqual(['CAPTURED', 'CREATED']);
    await pass();
    await pass();
    expect((await payments.read(one)).state).toBe('CAPTURED');
  });

  it.runIf(engine === 'postgresql')('may run in several instances at once', async () => {
    const others = await Promise.all([
      openPayments(url, { clock: payments.clock }),
      openPayments(url, { clock: payments.clock }),
    ]);
    const ids: string[] = [];
    for (let n = 0; n < 25; n += 1) ids.push(await abandoned('crash', { amount: BigInt(100 + n) }));
    payments.clock.advance(minuteMs);
    const instances = [payments, ...others];
    for (const { sandbox } of instances) sandbox.calls.length = 0;
    await Promise.all(instances.map(({ subgraph }) => subgraph.work('reconcile')));
    for (const id of ids) {
      expect((await payments.read(id)).state).toBe('CAPTURED');
      expect(await payments.eventsOf(id)).toHaveLength(1);
    }
    const asked = instances.flatMap(({ sandbox }) => sandbox.calls);
    expect(asked.filter((call) => call === 'retrieve')).toHaveLength(ids.length);
    await Promise.all(others.map((other) => other.stop()));
  });

  async function nowIn(table: string, id: string) {
    return (await knex()(table).where({ id }).first()).created_at;
  }
});

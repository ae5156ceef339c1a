import { newId } from '@stoa/clock';
import { readJson } from '@stoa/database';
import { customer, databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { type OpenPayments, openPayments } from './open-payments.ts';

describe.each(databaseEngines)('refunding on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());

  const refund = (paymentId: string, amount: bigint, idempotencyKey = newId(), reason = '') =>
    payments.rpc().refund({ paymentId, amount, idempotencyKey, reason });

  const payloadsOf = async (id: string) => {
    const rows = await payments.subgraph.database.em
      .fork()
      .getKnex()('outbox')
      .where({ aggregate_id: id })
      .orderBy('id');
    return rows.map(({ type, payload }) => ({ type, payload: readJson<object>(payload) }));
  };

  it('gives money back in parts, until nothing is left', async () => {
    const { id } = await payments.pay();
    const first = await refund(id, 2_000n, newId(), 'It was broken');
    expect(first).toMatchObject({
      succeeded: true,
      payment: { state: PaymentState.PARTIALLY_REFUNDED, refunded: 2_000n, captured: 5_000n },
    });
    expect((await refund(id, 1_000n)).payment).toMatchObject({ state: PaymentState.PARTIALLY_REFUNDED });
    expect((await refund(id, 2_000n)).payment).toMatchObject({ state: PaymentState.REFUNDED });
    await expect(refund(id, 1n)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });

    const { ledger, refunds } = await payments.read(id);
    expect(ledger.map(({ amount }) => amount.amount)).toEqual([5_000, 5_000, -2_000, -1_000, -2_000]);
    expect(refunds[0]).toMatchObject({
      id: first.refundId,
      state: 'SUCCEEDED',
      amount: { amount: 2_000 },
      reason: 'It was broken',
    });
    expect((await payloadsOf(id))[1]?.payload).toMatchObject({ amount: 2_000, refundId: first.refundId });
    expect((await payments.eventsOf(id)).slice(1)).toEqual(
      [2_000, 1_000, 2_000].map((amount) => ['payments.payment-refunded.v1', amount]),
    );
  });

  it('leaves the payment as it was when the provider refuses', async () => {
    const { id } = await payments.pay({ token: 'tok_refund_fails' });
    const key = newId();
    const answer = await refund(id, 2_000n, key);
    expect(answer).toMatchObject({
      succeeded: false,
      payment: {
        state: PaymentState.CAPTURED,
        refunded: 0n,
        failureCode: 'refund_failed',
        failureMessage: 'The card does not take refunds',
      },
    });
    expect(await refund(id, 2_000n, key)).toEqual(answer);
    const { failure, ledger, refunds } = await payments.read(id);
    expect(failure).toBeNull();
    expect(ledger).toHaveLength(2);
    expect(refunds).toMatchObject([{ id: answer.refundId, state: 'FAILED' }]);
    expect((await payloadsOf(id)).at(-1)).toEqual({
      type: 'payments.refund-failed.v1',
      payload: {
        paymentId: id,
        orderId: expect.any(String),
        amount: 2_000,
        currency: 'EUR',
        refundId: answer.refundId,
        code: 'refund_failed',
        message: 'The card does not take refunds',
      },
    });
    // What was set aside is free again.
    await expect(refund(id, 5_001n)).rejects.toMatchObject({
      message: expect.stringContaining('at most 5000 EUR'),
    });
  });

  it('gives the same refund for the same key, and refuses the key with other input', async () => {
    const { id } = await payments.pay();
    const key = newId();
    const first = await refund(id, 1_000n, key, 'late');
    expect(await refund(id, 1_000n, key, 'late')).toEqual(first);
    const reused = { code: 'IDEMPOTENCY_KEY_REUSED' };
    await expect(refund(id, 1_001n, key, 'late')).rejects.toMatchObject(reused);
    await expect(refund(id, 1_000n, key, 'early')).rejects.toMatchObject(reused);
    expect((await payments.read(id)).refunded.amount).toBe(1_000);
  });

  it('never gives back more than was taken, however many ask at once', async () => {
    const { id } = await payments.pay();
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => refund(id, 700n)));
    const succeeded = answers.filter(({ status }) => status === 'fulfilled');
    expect(succeeded).toHaveLength(7);
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'REFUND_EXCEEDS_CAPTURED' });
    }
    const { refunded, ledger } = await payments.read(id);
    expect(refunded.amount).toBe(4_900);
    expect(ledger.filter(({ kind }) => kind === 'REFUND')).toHaveLength(7);
  });

  it('counts a refund whose outcome is not known as given back, until it is known', async () => {
    const { id } = await payments.pay();
    const key = newId();
    payments.sandbox.breakNext('refund', 'answer-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost', 'request-lost', 'request-lost');
    await expect(refund(id, 4_000n, key)).rejects.toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(await payments.read(id)).toMatchObject({
      state: 'CAPTURED',
      refunded: { amount: 0 },
      refunds: [{ state: 'PENDING' }],
    });
    await expect(refund(id, 1_001n)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_CAPTURED' });
    expect((await refund(id, 4_000n, key)).payment).toMatchObject({ refunded: 4_000n });
    expect((await refund(id, 1_000n)).payment).toMatchObject({ state: PaymentState.REFUNDED });
  });

  it.each([
    ['answer-lost', true, 1_000],
    ['request-lost', false, 0],
  ] as const)('asks the provider what became of a refund (%s)', async (fault, succeeded, refunded) => {
    const { id } = await payments.pay();
    payments.sandbox.breakNext('refund', fault);
    expect((await refund(id, 1_000n)).succeeded).toBe(succeeded);
    expect((await payments.read(id)).refunded.amount).toBe(refunded);
  });

  it('takes up a refund that was left behind', async () => {
    const { id } = await payments.pay();
    const key = newId();
    payments.sandbox.breakNext('refund', 'crash');
    await expect(refund(id, 1_000n, key)).rejects.toMatchObject({ kind: 'internal' });
    expect(await refund(id, 1_000n, key)).toMatchObject({ succeeded: true });
    expect((await payments.read(id)).refunded.amount).toBe(1_000);
  });

  it.each([
    ['tok_decline', true],
    ['tok_approve', false],
    ['tok_action', true],
  ])('refuses when nothing was taken (%s, capture %s)', async (token, capture) => {
    const { id } = await payments.pay({ token, capture });
    await expect(refund(id, 1n)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it.each([[0n], [-5n]])('refuses an amount of %s', async (amount) => {
    const { id } = await payments.pay();
    await expect(refund(id, amount)).rejects.toMatchObject({ kind: 'bad-input' });
    expect((await payments.read(id)).refunds).toEqual([]);
  });

  it('does not let a buyer touch the payment of another', async () => {
    const { id } = await payments.pay({ ownerId: 'u-1' });
    const rpc = payments.rpc(customer('u-2'));
    const notFound = { kind: 'not-found', code: 'PAYMENT_NOT_FOUND' };
    await expect(rpc.refund({ paymentId: id, amount: 1n, idempotencyKey: newId() })).rejects.toMatchObject(
      notFound,
    );
    await expect(rpc.getPayment({ paymentId: id })).rejects.toMatchObject(notFound);
    expect((await payments.rpc(customer('u-1')).getPayment({ paymentId: id })).payment?.id).toBe(id);
  });
});

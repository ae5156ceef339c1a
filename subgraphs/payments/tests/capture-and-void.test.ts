import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentState } from '../src/__generated__/payments/v1/payments_pb.js';
import { type OpenPayments, openPayments } from './open-payments.ts';

const dayMs = 24 * 3_600_000;

describe.each(databaseEngines)('capturing and voiding on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());

  const hold = async (token = 'tok_approve') => (await payments.pay({ token, capture: false })).id;
  const capture = async (paymentId: string, idempotencyKey = newId()) =>
    (await payments.rpc().capture({ paymentId, idempotencyKey })).payment;
  const voidIt = async (paymentId: string, idempotencyKey = newId()) =>
    (await payments.rpc().void({ paymentId, idempotencyKey })).payment;
  const ledgerOf = async (id: string) =>
    (await payments.read(id)).ledger.map(({ kind, amount }) => [kind, amount.amount]);

  it('takes what is on hold', async () => {
    const id = await hold();
    expect(await capture(id)).toMatchObject({ state: PaymentState.CAPTURED, captured: 5_000n });
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['CAPTURE', 5_000],
    ]);
    expect(await payments.eventsOf(id)).toEqual([
      ['payments.payment-authorized.v1', 5_000],
      ['payments.payment-captured.v1', 5_000],
    ]);
  });

  it('lets go of what is on hold', async () => {
    const id = await hold();
    expect(await voidIt(id)).toMatchObject({ state: PaymentState.VOIDED, captured: 0n });
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['VOID', -5_000],
    ]);
    expect((await payments.eventsOf(id)).at(-1)).toEqual(['payments.payment-voided.v1', 5_000]);
  });

  it('lets go of a payment that the buyer has not confirmed', async () => {
    const id = await hold('tok_action');
    expect(await voidIt(id)).toMatchObject({ state: PaymentState.VOIDED, actionUrl: '' });
    expect(await ledgerOf(id)).toEqual([]);
  });

  it('tells why a capture failed, leaves the payment authorised, and can still void it', async () => {
    const id = await hold('tok_capture_fails');
    const key = newId();
    const refused = { state: PaymentState.AUTHORIZED, captured: 0n, failureCode: 'capture_failed' };
    expect(await capture(id, key)).toMatchObject(refused);
    expect(await payments.read(id)).toMatchObject({
      state: 'AUTHORIZED',
      failure: { code: 'capture_failed', message: 'The money could not be taken from the card' },
    });
    expect(await payments.eventsOf(id)).toHaveLength(1);
    // The same key has the same answer, whatever the payment has come to since.
    await voidIt(id);
    expect(await capture(id, key)).toMatchObject({ ...refused, state: PaymentState.VOIDED });
  });

  it('fails the payment when the hold is gone', async () => {
    const id = await hold();
    payments.clock.advance(7 * dayMs);
    expect(await capture(id)).toMatchObject({
      state: PaymentState.FAILED,
      failureCode: 'authorization_expired',
    });
    expect(await ledgerOf(id)).toEqual([
      ['AUTHORIZATION', 5_000],
      ['VOID', -5_000],
    ]);
    expect((await payments.eventsOf(id)).at(-1)).toEqual(['payments.payment-failed.v1', 5_000]);
  });

  it.each([
    ['CAPTURED', 'captured', 'AUTHORIZED', 'tok_approve'],
    ['DECLINED', 'captured', 'AUTHORIZED', 'tok_decline'],
    ['REQUIRES_ACTION', 'captured', 'AUTHORIZED', 'tok_action'],
    ['FAILED', 'captured', 'AUTHORIZED', 'tok_timeout_not_charged'],
    ['CAPTURED', 'voided', 'REQUIRES_ACTION or AUTHORIZED', 'tok_approve'],
    ['DECLINED', 'voided', 'REQUIRES_ACTION or AUTHORIZED', 'tok_decline'],
  ] as const)('a payment that is %s cannot be %s', async (state, verb, needed, token) => {
    const { id } = await payments.pay({ token });
    const before = await payments.read(id);
    payments.sandbox.calls.length = 0;
    await expect(verb === 'captured' ? capture(id) : voidIt(id)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'ILLEGAL_TRANSITION',
      message: `payments: A payment that is ${state} cannot be ${verb}; it would have to be ${needed}`,
    });
    expect(payments.sandbox.calls).toEqual([]);
    expect(await payments.read(id)).toEqual(before);
  });

  it('takes the money once for one key, however often and at once it is asked', async () => {
    const id = await hold();
    const key = newId();
    payments.sandbox.calls.length = 0;
    const answers = await Promise.all(Array.from({ length: 10 }, () => capture(id, key)));
    for (const answer of answers) expect(answer).toMatchObject({ state: PaymentState.CAPTURED });
    expect(await capture(id, key)).toMatchObject({ state: PaymentState.CAPTURED });
    expect(payments.sandbox.calls).toEqual(['capture']);
    expect(await ledgerOf(id)).toHaveLength(2);
  });

  it('does one of a capture and a void at once, and refuses the other', async () => {
    const id = await hold();
    const answers = await Promise.allSettled([capture(id), voidIt(id), capture(id), voidIt(id)]);
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused).toHaveLength(3);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await ledgerOf(id)).toHaveLength(2);
  });

  it('refuses a key that came with another payment or for something else', async () => {
    const [one, two] = [await hold(), await hold()];
    const key = newId();
    await capture(one, key);
    const reused = { kind: 'conflict', code: 'IDEMPOTENCY_KEY_REUSED' };
    await expect(capture(two, key)).rejects.toMatchObject(reused);
    await expect(voidIt(one, key)).rejects.toMatchObject(reused);
    expect((await payments.read(two)).state).toBe('AUTHORIZED');
  });

  it('lets one win of captures of two payments with one key at once', async () => {
    const [one, two] = [await hold(), await hold()];
    const key = newId();
    const answers = await Promise.allSettled([capture(one, key), capture(two, key)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const states = [(await payments.read(one)).state, (await payments.read(two)).state];
    expect(states.sort()).toEqual(['AUTHORIZED', 'CAPTURED']);
  });

  it.each([
    ['answer-lost', 'CAPTURED', ''],
    ['request-lost', 'AUTHORIZED', 'timeout'],
  ] as const)(
    'asks the provider what became of a capture (%s) and never guesses',
    async (fault, state, failure) => {
      const id = await hold();
      payments.sandbox.breakNext('capture', fault);
      const answer = await capture(id);
      expect(answer).toMatchObject({ state: PaymentState[state], failureCode: failure });
    },
  );

  it('asks the provider what became of a void', async () => {
    const id = await hold();
    payments.sandbox.breakNext('void', 'answer-lost');
    expect(await voidIt(id)).toMatchObject({ state: PaymentState.VOIDED });
  });

  it('says that it does not know while the provider cannot be reached, and a repeat finds out', async () => {
    const id = await hold();
    const key = newId();
    payments.sandbox.breakNext('capture', 'answer-lost');
    // The client of an rpc repeats what is unavailable twice: all three end without knowing.
    payments.sandbox.breakNext('retrieve', 'request-lost', 'request-lost', 'request-lost');
    await expect(capture(id, key)).rejects.toMatchObject({ kind: 'unavailable', code: 'OUTCOME_UNKNOWN' });
    expect((await payments.read(id)).state).toBe('AUTHORIZED');
    expect(await capture(id, key)).toMatchObject({ state: PaymentState.CAPTURED });
    expect(await ledgerOf(id)).toHaveLength(2);
  });

  it('ends a capture that was left behind before it begins a void', async () => {
    const id = await hold();
    payments.sandbox.breakNext('capture', 'crash');
    await expect(capture(id)).rejects.toMatchObject({ kind: 'internal' });
    await expect(voidIt(id)).rejects.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect((await payments.read(id)).state).toBe('CAPTURED');
  });

  it('knows no payment with an id that is none', async () => {
    for (const id of ['nothing', newId()]) {
      await expect(capture(id)).rejects.toMatchObject({ kind: 'not-found', code: 'PAYMENT_NOT_FOUND' });
    }
  });
});

import { newId } from '@stoa/clock';
import type { Viewer } from '@stoa/identity';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';

const common = `__typename ... on UserError { code message }
  ... on PaymentStateError { paymentState } ... on InvalidInputError { field }`;
const payment = '... on Payment { id state captured { amount currency } order { id } version }';

/** Of each mutation: its input, and all that its result can be. */
const mutations = {
  capturePayment: {
    input: 'CapturePaymentInput!',
    result: `${common} ${payment}
      ... on CaptureFailedError { providerCode payment { state captured { amount } failure { code } } }`,
  },
  voidPayment: {
    input: 'VoidPaymentInput!',
    result: `${common} ${payment} ... on VoidFailedError { providerCode }`,
  },
  refundPayment: {
    input: 'RefundPaymentInput!',
    result: `${common} ... on Refund { id state amount { amount currency } reason failure { code } createdAt }
      ... on RefundExceedsCapturedError { refundable { amount currency } }
      ... on RefundFailedError { providerCode refund { id state failure { code message } } }`,
  },
};
type Mutation = keyof typeof mutations;

describe.each(databaseEngines)('the mutations on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
  });
  afterAll(() => payments.stop());

  const send = (mutation: Mutation, input: Record<string, unknown>, as?: Viewer) =>
    payments.query(
      `mutation ($input: ${mutations[mutation].input}) {
        result: ${mutation}(input: $input) { ${mutations[mutation].result} }
      }`,
      { input: { idempotencyKey: newId(), ...input } },
      as,
    );
  const result = async (mutation: Mutation, input: Record<string, unknown>) => {
    const { data, errors } = await send(mutation, input, staff());
    expect(errors).toEqual([]);
    return data.result;
  };
  const eur = (amount: number) => ({ amount, currency: 'EUR' });

  it('capture what is on hold', async () => {
    const { id, orderId } = await payments.pay({ capture: false });
    expect(await result('capturePayment', { paymentId: id })).toMatchObject({
      __typename: 'Payment',
      id,
      state: 'CAPTURED',
      captured: eur(5_000),
      order: { id: orderId },
    });
  });

  it('void what is on hold', async () => {
    const { id } = await payments.pay({ capture: false });
    expect(await result('voidPayment', { paymentId: id })).toMatchObject({
      __typename: 'Payment',
      state: 'VOIDED',
    });
  });

  it('refund a part, and give the same refund for the same key', async () => {
    const { id } = await payments.pay();
    const input = { paymentId: id, amount: eur(1_500), reason: 'Scratched', idempotencyKey: newId() };
    const refund = await result('refundPayment', input);
    expect(refund).toMatchObject({
      __typename: 'Refund',
      state: 'SUCCEEDED',
      amount: eur(1_500),
      reason: 'Scratched',
      failure: null,
    });
    expect(await result('refundPayment', input)).toEqual(refund);
    expect(await payments.read(id)).toMatchObject({
      state: 'PARTIALLY_REFUNDED',
      refunded: { amount: 1_500 },
    });
  });

  it('tell why the provider did not capture', async () => {
    const { id } = await payments.pay({ token: 'tok_capture_fails', capture: false });
    expect(await result('capturePayment', { paymentId: id })).toEqual({
      __typename: 'CaptureFailedError',
      code: 'CAPTURE_FAILED',
      message: 'The money could not be taken from the card',
      providerCode: 'capture_failed',
      payment: { state: 'AUTHORIZED', captured: { amount: 0 }, failure: { code: 'capture_failed' } },
    });
  });

  it('tell why the provider did not void', async () => {
    const { id } = await payments.pay({ capture: false });
    payments.sandbox.breakNext('void', 'request-lost');
    expect(await result('voidPayment', { paymentId: id })).toEqual({
      __typename: 'VoidFailedError',
      code: 'VOID_FAILED',
      message: 'The payment provider did not answer, and the hold stands',
      providerCode: 'timeout',
    });
    expect((await payments.read(id)).state).toBe('AUTHORIZED');
  });

  it('tell why the provider did not refund', async () => {
    const { id } = await payments.pay({ token: 'tok_refund_fails' });
    expect(await result('refundPayment', { paymentId: id, amount: eur(1) })).toMatchObject({
      __typename: 'RefundFailedError',
      code: 'REFUND_FAILED',
      providerCode: 'refund_failed',
      refund: { state: 'FAILED', failure: { code: 'refund_failed' } },
    });
    expect((await payments.read(id)).state).toBe('CAPTURED');
  });

  it('tell how much can be refunded at most', async () => {
    const { id } = await payments.pay();
    await result('refundPayment', { paymentId: id, amount: eur(4_000) });
    expect(await result('refundPayment', { paymentId: id, amount: eur(1_001) })).toMatchObject({
      __typename: 'RefundExceedsCapturedError',
      code: 'REFUND_EXCEEDS_CAPTURED',
      refundable: eur(1_000),
    });
  });

  it.each([
    ['capturePayment', 'tok_approve', 'CAPTURED', 'would have to be AUTHORIZED'],
    ['voidPayment', 'tok_approve', 'CAPTURED', 'would have to be REQUIRES_ACTION or AUTHORIZED'],
    ['refundPayment', 'tok_decline', 'DECLINED', 'would have to be CAPTURED or PARTIALLY_REFUNDED'],
  ] as const)('%s tells the state that does not allow it', async (mutation, token, state, message) => {
    const { id } = await payments.pay({ token });
    const before = await payments.read(id);
    const amount = mutation === 'refundPayment' ? { amount: eur(1) } : {};
    expect(await result(mutation, { paymentId: id, ...amount })).toEqual({
      __typename: 'PaymentStateError',
      code: 'PAYMENT_STATE',
      message: expect.stringContaining(message),
      paymentState: state,
    });
    expect(await payments.read(id)).toEqual(before);
  });

  it.each([['capturePayment'], ['voidPayment'], ['refundPayment']] as const)(
    '%s knows no payment that is none, and no key with two meanings',
    async (mutation) => {
      const amount = mutation === 'refundPayment' ? { amount: eur(1) } : {};
      for (const paymentId of [newId(), "' or 1 = 1"]) {
        expect(await result(mutation, { paymentId, ...amount })).toMatchObject({
          __typename: 'PaymentNotFoundError',
          code: 'PAYMENT_NOT_FOUND',
        });
      }
      const capture = mutation === 'refundPayment';
      const [one, two] = [await payments.pay({ capture }), await payments.pay({ capture })];
      const idempotencyKey = newId();
      await result(mutation, { paymentId: one.id, idempotencyKey, ...amount });
      const before = await payments.read(two.id);
      expect(await result(mutation, { paymentId: two.id, idempotencyKey, ...amount })).toMatchObject({
        __typename: 'IdempotencyKeyReusedError',
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
      expect(await payments.read(two.id)).toEqual(before);
    },
  );

  it.each([
    ['an amount of zero', { amount: eur(0) }, 'input.amount'],
    ['a negative amount', { amount: eur(-1) }, 'input.amount'],
    ['another currency', { amount: { amount: 1, currency: 'USD' } }, 'input.amount.currency'],
    ['a reason that is too long', { reason: 'x'.repeat(501) }, 'input.reason'],
    ['an empty key', { idempotencyKey: '' }, 'input.idempotencyKey'],
  ])('refuse %s and change nothing', async (_, input, field) => {
    const { id } = await payments.pay();
    const before = await payments.read(id);
    expect(await result('refundPayment', { paymentId: id, amount: eur(1), ...input })).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      field,
    });
    expect(await payments.read(id)).toEqual(before);
  });

  it.each([
    ['an amount that is no whole number', { amount: { amount: 1.5, currency: 'EUR' } }],
    ['an amount as text', { amount: { amount: '5', currency: 'EUR' } }],
    ['a currency that is none', { amount: { amount: 5, currency: 'euro' } }],
    ['no amount', { amount: null }],
  ])('refuse %s before anything runs', async (_, input) => {
    const { id } = await payments.pay();
    const { errors } = await send('refundPayment', { paymentId: id, ...input }, staff());
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect((await payments.read(id)).refunds).toEqual([]);
  });

  it('say that the outcome is not known while the provider cannot be reached', async () => {
    const { id } = await payments.pay();
    payments.sandbox.breakNext('refund', 'answer-lost');
    payments.sandbox.breakNext('retrieve', 'request-lost');
    const input = { paymentId: id, amount: eur(5), idempotencyKey: newId() };
    const { errors } = await send('refundPayment', input, staff());
    expect(errors).toMatchObject([{ extensions: { code: 'OUTCOME_UNKNOWN', paymentId: id } }]);
    expect(await result('refundPayment', input)).toMatchObject({ state: 'SUCCEEDED' });
    expect((await payments.read(id)).refunded.amount).toBe(5);
  });

  it.each([
    ['a guest', undefined, 'UNAUTHENTICATED'],
    ['the buyer', customer('u-1'), 'FORBIDDEN'],
  ])('are not for %s', async (_, viewer, code) => {
    const { id } = await payments.pay({ ownerId: 'u-1', capture: false });
    for (const [mutation, input] of [
      ['capturePayment', {}],
      ['voidPayment', {}],
      ['refundPayment', { amount: eur(1) }],
    ] as const) {
      const { data, errors } = await send(mutation, { paymentId: id, ...input }, viewer);
      expect(data).toBeNull();
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
    expect((await payments.read(id)).state).toBe('AUTHORIZED');
  });
});

import { newId } from '@stoa/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  AuthorizationOutcome,
  IncomingWebhook,
  PaymentProvider,
  ProviderAuthorizeRequest,
} from '../src/providers/payment-provider.ts';
import { ProviderTimeout } from '../src/providers/provider-timeout.ts';

type Operation = 'authorize' | 'capture' | 'void' | 'refund';

/** A provider, and what a test can have happen at it. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider;
  readonly tokens: {
    readonly approve: string;
    readonly decline: string;
    readonly action: string;
    readonly captureFails: string;
    readonly refundFails: string;
    readonly unknown: string;
  };
  /** The code of the decline. */
  readonly declineCode: string;
  /** A token of a card that is approved, where the next such operation is done and its answer lost, or lost altogether. */
  losing(operation: Operation, what: 'answer'): string;
  losing(operation: 'authorize', what: 'request'): string;
  /** The buyer comes back from the page where they confirm. */
  buyerAnswers(actionUrl: string, isConfirmed: boolean): Promise<void>;
  /** All holds become too old. */
  expireHolds(): Promise<void>;
  /** What it has sent about a payment, in order. */
  webhooksOf(paymentId: string, reference: string): Promise<IncomingWebhook[]>;
  stop(): Promise<void>;
}

/** What every provider has to do, as src/providers/payment-provider.ts says. */
export function describeProvider(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`${name}, as a provider,`, () => {
    let under: ProviderUnderTest;
    beforeAll(async () => {
      under = await open();
    });
    afterAll(() => under.stop());

    const asked = (input: Partial<ProviderAuthorizeRequest> = {}): ProviderAuthorizeRequest => {
      const paymentId = newId();
      return {
        idempotencyKey: paymentId,
        paymentId,
        amount: 5_000,
        currency: 'EUR',
        token: under.tokens.approve,
        capture: true,
        reference: null,
        ...input,
      };
    };
    /** As authorize-payment.ts does it: the name first, then the money. */
    const prepare = async (request: ProviderAuthorizeRequest): Promise<ProviderAuthorizeRequest> => {
      const prepared = await under.provider.prepare?.(request);
      if (prepared?.status === 'declined') throw new Error(prepared.message);
      return prepared === undefined ? request : { ...request, reference: prepared.reference };
    };
    const authorize = async (input: Partial<ProviderAuthorizeRequest> = {}) => {
      const request = await prepare(asked(input));
      return { request, outcome: await under.provider.authorize(request) };
    };
    const held = async (token = under.tokens.approve) => {
      const { request, outcome } = await authorize({ token, capture: false });
      return { paymentId: request.paymentId, reference: referenceOf(outcome) };
    };
    const taken = async (token = under.tokens.approve) => {
      const { request, outcome } = await authorize({ token });
      return { paymentId: request.paymentId, reference: referenceOf(outcome) };
    };
    const refund = (payment: { paymentId: string; reference: string }, amount: number, key = newId()) =>
      under.provider.refund({ ...payment, amount, currency: 'EUR', idempotencyKey: key });
    const keyed = (payment: { paymentId: string; reference: string }, key = newId()) => ({
      ...payment,
      idempotencyKey: key,
    });

    it.each([
      [true, 'captured', 5_000],
      [false, 'authorized', 0],
    ] as const)('approves, with capture %s', async (capture, state, captured) => {
      const { request, outcome } = await authorize({ capture });
      expect(outcome).toMatchObject({ status: 'approved', isCaptured: capture });
      const reference = referenceOf(outcome);
      expect(await under.provider.retrieve({ paymentId: request.paymentId, reference })).toMatchObject({
        reference,
        state,
        amount: 5_000,
        captured,
        method: expect.stringContaining('4242'),
        refusal: null,
        refunds: [],
      });
    });

    it('declines, and says so again when it is asked', async () => {
      const { request, outcome } = await authorize({ token: under.tokens.decline });
      expect(outcome).toMatchObject({ status: 'declined', code: under.declineCode });
      const { paymentId, reference } = { ...request, reference: outcome.reference };
      expect(await under.provider.retrieve({ paymentId, reference })).toMatchObject({
        state: 'declined',
        captured: 0,
        refusal: { code: under.declineCode },
      });
    });

    it('declines a token that is none', async () => {
      expect((await authorize({ token: under.tokens.unknown })).outcome.status).toBe('declined');
    });

    it.each([
      [true, true, 'captured'],
      [true, false, 'authorized'],
      [false, true, 'declined'],
    ] as const)('asks the buyer: confirmed %s, with capture %s', async (isConfirmed, capture, state) => {
      const { request, outcome } = await authorize({ token: under.tokens.action, capture });
      if (outcome.status !== 'action-required') throw new Error(`expected action, found ${outcome.status}`);
      expect(URL.canParse(outcome.url)).toBe(true);
      const payment = { paymentId: request.paymentId, reference: outcome.reference };
      expect(await under.provider.retrieve(payment)).toMatchObject({
        state: 'action-required',
        actionUrl: outcome.url,
      });
      await under.buyerAnswers(outcome.url, isConfirmed);
      expect(await under.provider.retrieve(payment)).toMatchObject({ state, actionUrl: null });
    });

    it('gives the same outcome for the same key, and takes the money once', async () => {
      const { request, outcome } = await authorize();
      expect(await under.provider.authorize(request)).toEqual(outcome);
      const payment = { paymentId: request.paymentId, reference: referenceOf(outcome) };
      const key = newId();
      const first = await refund(payment, 1_000, key);
      expect(await refund(payment, 1_000, key)).toEqual(first);
      expect((await under.provider.retrieve(payment))?.refunds).toHaveLength(1);
    });

    it('refuses the same key with other input', async () => {
      const payment = await taken();
      const key = newId();
      await refund(payment, 1_000, key);
      await expect(refund(payment, 1_001, key)).rejects.toThrow();
      expect((await under.provider.retrieve(payment))?.refunds).toHaveLength(1);
    });

    it('takes what is on hold, once', async () => {
      const payment = await held();
      expect(await under.provider.capture(keyed(payment))).toMatchObject({ status: 'approved' });
      expect(await under.provider.capture(keyed(payment))).toMatchObject({
        status: 'declined',
        isHoldLost: false,
      });
      expect(await under.provider.retrieve(payment)).toMatchObject({ state: 'captured', captured: 5_000 });
    });

    it('says when it cannot take what is on hold, which stays there', async () => {
      const payment = await held(under.tokens.captureFails);
      expect(await under.provider.capture(keyed(payment))).toMatchObject({
        status: 'declined',
        isHoldLost: false,
      });
      expect(await under.provider.retrieve(payment)).toMatchObject({ state: 'authorized', captured: 0 });
    });

    it('lets go of what is on hold, and of what the buyer was to confirm', async () => {
      const { request, outcome } = await authorize({ token: under.tokens.action });
      const waiting = { paymentId: request.paymentId, reference: referenceOf(outcome) };
      for (const payment of [await held(), waiting]) {
        expect(await under.provider.void(keyed(payment))).toMatchObject({ status: 'approved' });
        expect(await under.provider.void(keyed(payment))).toMatchObject({ status: 'approved' });
        expect(await under.provider.retrieve(payment)).toMatchObject({ state: 'voided', captured: 0 });
        expect(await under.provider.capture(keyed(payment))).toMatchObject({
          status: 'declined',
          isHoldLost: true,
        });
      }
    });

    it('does not let go of what was taken', async () => {
      const payment = await taken();
      expect(await under.provider.void(keyed(payment))).toMatchObject({ status: 'declined' });
      expect(await under.provider.retrieve(payment)).toMatchObject({ state: 'captured', captured: 5_000 });
    });

    it('loses a hold that becomes too old', async () => {
      const payment = await held();
      await under.expireHolds();
      expect(await under.provider.retrieve(payment)).toMatchObject({ state: 'voided' });
      expect(await under.provider.capture(keyed(payment))).toMatchObject({ isHoldLost: true });
    });

    it('gives money back in parts, and not more than was taken', async () => {
      const payment = await taken();
      const key = newId();
      expect(await refund(payment, 2_000, key)).toMatchObject({ status: 'approved' });
      expect(await refund(payment, 3_001)).toMatchObject({ status: 'declined' });
      expect(await refund(payment, 3_000)).toMatchObject({ status: 'approved' });
      expect(await refund(payment, 1)).toMatchObject({ status: 'declined' });
      const charge = await under.provider.retrieve(payment);
      const given = charge?.refunds.filter(({ refusal }) => refusal === null);
      expect(given?.map(({ amount }) => amount).sort()).toEqual([2_000, 3_000]);
      expect(given?.some(({ idempotencyKey }) => idempotencyKey === key)).toBe(true);
    });

    it('says when it cannot give money back', async () => {
      const payment = await taken(under.tokens.refundFails);
      expect(await refund(payment, 1_000)).toMatchObject({ status: 'declined' });
      const charge = await under.provider.retrieve(payment);
      expect(charge?.refunds.filter(({ refusal }) => refusal === null)).toEqual([]);
    });

    it('knows nothing of a payment that it was never asked for', async () => {
      expect(await under.provider.retrieve({ paymentId: newId(), reference: null })).toBeNull();
    });

    it.each([true, false])(
      'says that it does not know when the answer is lost (capture %s)',
      async (capture) => {
        const token = under.losing('authorize', 'answer');
        const request = await prepare(asked({ token, capture }));
        await expect(under.provider.authorize(request)).rejects.toBeInstanceOf(ProviderTimeout);
        const found = await look(request);
        expect(found).toMatchObject({ state: capture ? 'captured' : 'authorized' });
        expect(await under.provider.authorize(request)).toMatchObject({ status: 'approved' });
      },
    );

    it('has nothing of a request that was lost', async () => {
      const token = under.losing('authorize', 'request');
      const request = await prepare(asked({ token }));
      await expect(under.provider.authorize(request)).rejects.toBeInstanceOf(ProviderTimeout);
      expect(await look(request)).toBeNull();
    });

    it.each(['capture', 'void', 'refund'] as const)(
      'tells what became of a %s whose answer was lost',
      async (operation) => {
        const token = under.losing(operation, 'answer');
        const payment = operation === 'refund' ? await taken(token) : await held(token);
        const key = newId();
        const ask = () =>
          operation === 'refund' ? refund(payment, 500, key) : under.provider[operation](keyed(payment, key));
        await expect(ask()).rejects.toBeInstanceOf(ProviderTimeout);
        const charge = await under.provider.retrieve(payment);
        if (operation === 'refund')
          expect(charge?.refunds).toMatchObject([{ idempotencyKey: key, refusal: null }]);
        else expect(charge?.state).toBe(operation === 'capture' ? 'captured' : 'voided');
        expect(await ask()).toMatchObject({ status: 'approved' });
        expect((await under.provider.retrieve(payment))?.refunds.length).toBe(operation === 'refund' ? 1 : 0);
      },
    );

    it('tells by webhook whom it is about, each time under the same id', async () => {
      const { request, outcome } = await authorize({ capture: false });
      const payment = { paymentId: request.paymentId, reference: referenceOf(outcome) };
      await under.provider.capture(keyed(payment));
      await refund(payment, 1_000);
      const sent = await under.webhooksOf(payment.paymentId, payment.reference);
      const events = sent.map((webhook) => under.provider.readWebhook?.(webhook));
      expect(events.length).toBeGreaterThanOrEqual(3);
      for (const event of events) expect(event).toMatchObject(payment);
      expect(new Set(events.map((event) => event?.id)).size).toBe(events.length);
      expect(sent.map((webhook) => under.provider.readWebhook?.(webhook))).toEqual(events);
    });

    it('refuses a webhook that was changed on its way', async () => {
      const payment = await taken();
      const [webhook] = await under.webhooksOf(payment.paymentId, payment.reference);
      if (webhook === undefined) throw new Error('expected a webhook');
      const refused = expect.objectContaining({ kind: 'unauthenticated', code: 'INVALID_SIGNATURE' });
      const { body, headers } = webhook;
      const changed = Buffer.from(body.toString('utf8').replace('5', '6').concat(' '));
      expect(() => under.provider.readWebhook?.({ body: changed, headers })).toThrow(refused);
      expect(() => under.provider.readWebhook?.({ body, headers: {} })).toThrow(refused);
    });

    function look(request: ProviderAuthorizeRequest) {
      const payment = { paymentId: request.paymentId, reference: request.reference };
      return under.provider.retrieve(payment);
    }
  });
}

function referenceOf(outcome: AuthorizationOutcome): string {
  if (outcome.reference === null) throw new Error(`expected a reference, found ${JSON.stringify(outcome)}`);
  return outcome.reference;
}

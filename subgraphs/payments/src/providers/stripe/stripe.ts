import type Stripe from 'stripe';
import { outcomeOf as outcomeOfCharge } from '../../payment/outcome-of.ts';
import type {
  AuthorizationOutcome,
  CaptureOutcome,
  MovementOutcome,
  PaymentProvider,
  Preparation,
  ProviderCharge,
} from '../payment-provider.ts';
import type { ProviderEnvironment } from '../provider-environment.ts';
import { toStripeAmount } from './stripe-amount.ts';
import { chargeOf, outcomeOf, refundRefusalOf } from './stripe-charge.ts';
import { openStripe } from './stripe-client.ts';
import { asking, StripeRefusal } from './stripe-errors.ts';
import { readStripeWebhook } from './stripe-webhook.ts';

/** More refunds than this a payment are not asked for. */
const maximumRefunds = 1_000;

const unexpectedState = 'payment_intent_unexpected_state';

const notRepresentable = {
  code: 'amount_not_supported',
  message: 'The card provider cannot move this amount in this currency',
};

/**
 * Stripe, by PaymentIntents. One is made first, which moves no money, and confirmed under its name, so that we can always
 * ask by it what has happened. The token is a PaymentMethod (pm_…) or what Stripe takes for one (a token of Elements).
 */
export function createStripe({ settings, clock }: ProviderEnvironment): PaymentProvider {
  const { client, webhookSecret } = openStripe(settings);

  const read = async (reference: string): Promise<ProviderCharge | null> => {
    const intent = await asking(() =>
      client.paymentIntents.retrieve(reference, { expand: ['latest_charge'] }),
    );
    const refunds = intent.amount_received === 0 ? [] : await asking(() => refundsOf(client, reference));
    return chargeOf(intent, refunds);
  };

  return {
    name: 'stripe',

    async prepare({ idempotencyKey, paymentId, amount, currency, capture }): Promise<Preparation> {
      const stripeAmount = toStripeAmount(amount, currency);
      const refused = { status: 'declined', reference: null, method: null } as const;
      if (stripeAmount === null) return { ...refused, ...notRepresentable };
      try {
        const { id } = await asking(() =>
          client.paymentIntents.create(
            {
              amount: stripeAmount,
              currency: currency.toLowerCase(),
              capture_method: capture ? 'automatic' : 'manual',
              allowed_payment_method_types: ['card'],
              metadata: { payment_id: paymentId },
            },
            { idempotencyKey: `${idempotencyKey}:create` },
          ),
        );
        return { status: 'prepared', reference: id };
      } catch (error) {
        return { ...refused, ...refusalIn(error) };
      }
    },

    async authorize({ idempotencyKey, reference, token }): Promise<AuthorizationOutcome> {
      if (reference === null) throw new Error('A PaymentIntent has to be made before it is confirmed');
      try {
        const intent = await asking(() =>
          client.paymentIntents.confirm(
            reference,
            {
              payment_method: token,
              return_url: settings.PAYMENT_RETURN_URL,
              expand: ['latest_charge'],
            },
            { idempotencyKey: `${idempotencyKey}:confirm` },
          ),
        );
        return outcomeOf(intent);
      } catch (error) {
        const refusal = refusalIn(error);
        // What does not fit the PaymentIntent's state may not fit because it was confirmed before: it is asked, not guessed.
        const charge = refusal.code === unexpectedState ? await read(reference) : null;
        if (charge !== null) return outcomeOfCharge(charge);
        return { status: 'declined', reference, method: null, ...refusal };
      }
    },

    async capture({ idempotencyKey, reference }): Promise<CaptureOutcome> {
      try {
        await asking(() => client.paymentIntents.capture(reference, {}, { idempotencyKey }));
        return { status: 'approved', reference };
      } catch (error) {
        const refusal = refusalIn(error);
        const charge = await read(reference);
        return { status: 'declined', isHoldLost: charge?.state === 'voided', ...refusal };
      }
    },

    async void({ idempotencyKey, reference }): Promise<MovementOutcome> {
      try {
        await asking(() => client.paymentIntents.cancel(reference, {}, { idempotencyKey }));
        return { status: 'approved', reference };
      } catch (error) {
        const refusal = refusalIn(error);
        // Let go of before, by itself or by hand: what was asked for is so.
        const charge = await read(reference);
        return charge?.state === 'voided'
          ? { status: 'approved', reference }
          : { status: 'declined', ...refusal };
      }
    },

    async refund({ idempotencyKey, paymentId, reference, amount, currency }): Promise<MovementOutcome> {
      const stripeAmount = toStripeAmount(amount, currency);
      if (stripeAmount === null) return { status: 'declined', ...notRepresentable };
      try {
        const refund = await asking(() =>
          client.refunds.create(
            {
              payment_intent: reference,
              amount: stripeAmount,
              metadata: { payment_id: paymentId, operation_id: idempotencyKey },
            },
            { idempotencyKey },
          ),
        );
        const refusal = refundRefusalOf(refund);
        return refusal === null
          ? { status: 'approved', reference: refund.id }
          : { status: 'declined', ...refusal };
      } catch (error) {
        return { status: 'declined', ...refusalIn(error) };
      }
    },

    // Without a name nobody has asked for the money: the name is kept before.
    retrieve: async ({ reference }) => (reference === null ? null : read(reference)),

    async abandon({ paymentId, reference }) {
      if (reference === null) return null;
      const charge = await read(reference);
      if (charge !== null) return charge;
      try {
        await asking(() =>
          client.paymentIntents.cancel(reference, {}, { idempotencyKey: `${paymentId}:abandon` }),
        );
        return null;
      } catch (error) {
        // It was confirmed in between.
        refusalIn(error);
        return read(reference);
      }
    },

    // https://docs.stripe.com/api/events/types#event_types-payment_intent.succeeded
    capturedEvent: 'payment_intent.succeeded',

    readWebhook: (webhook) => readStripeWebhook(webhookSecret, webhook, clock.now()),
  };
}

/** @throws what is no refusal */
function refusalIn(error: unknown) {
  if (error instanceof StripeRefusal) return error.refusal;
  throw error;
}

function refundsOf(client: Stripe, reference: string): Promise<Stripe.Refund[]> {
  return client.refunds
    .list({ payment_intent: reference, limit: 100 })
    .autoPagingToArray({ limit: maximumRefunds });
}

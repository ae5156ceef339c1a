import { systemClock } from '@stoa/clock';
import { testSubgraph } from '@stoa/testkit';
import type { PaymentProvider } from '../src/providers/payment-provider.ts';
import { createStripe } from '../src/providers/stripe/stripe.ts';
import { paymentsWith } from '../src/subgraph.ts';
import { describeProvider, type ProviderUnderTest } from './provider-contract.ts';
import { secretKey, startStripe, webhookSecret } from './stripe-stand-in/stripe-stand-in.ts';

const callOf = { authorize: 'confirm', capture: 'capture', void: 'cancel', refund: 'refund' } as const;

describeProvider('stripe', async (): Promise<ProviderUnderTest> => {
  const stripe = await startStripe();
  let made: PaymentProvider | undefined;
  const opened = await testSubgraph(
    paymentsWith({
      stripe: (environment) => {
        made = createStripe(environment);
        return made;
      },
    }),
    {
      environment: {
        PAYMENT_PROVIDERS: 'stripe',
        STRIPE_SECRET_KEY: secretKey,
        STRIPE_WEBHOOK_SECRET: webhookSecret,
        STRIPE_API_URL: stripe.url,
        STRIPE_TIMEOUT_MS: '250',
      },
    },
  );
  if (made === undefined) throw new Error('expected stripe to be made');
  return {
    provider: made,
    tokens: {
      approve: 'pm_card_visa',
      decline: 'pm_card_chargeDeclined',
      action: 'pm_card_authenticationRequired',
      captureFails: 'pm_capture_fails',
      refundFails: 'pm_refund_fails',
      unknown: 'pm_unheard_of',
    },
    declineCode: 'generic_decline',
    losing(operation, what) {
      stripe.breakNext(callOf[operation], what === 'answer' ? 'answer-lost' : 'request-lost');
      return 'pm_card_visa';
    },
    async buyerAnswers(actionUrl, isConfirmed) {
      stripe.books.buyerAnswers(actionUrl.split('/').at(-1) ?? '', isConfirmed);
    },
    async expireHolds() {
      stripe.books.expireHolds();
    },
    async webhooksOf(paymentId) {
      return stripe.books.events
        .map((event) => stripe.bodyOf(event))
        .filter((body) => body.includes(paymentId))
        .filter((body) => !body.includes('payment_intent.created'))
        .map((body) => ({
          body: Buffer.from(body),
          headers: { 'stripe-signature': stripe.sign(body, systemClock.now()) },
        }));
    },
    async stop() {
      await opened.stop();
      await stripe.stop();
    },
  };
});

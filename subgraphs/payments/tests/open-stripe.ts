import { createHttpServer, type HttpServer } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { type OpenPayments, openPayments } from './open-payments.ts';
import {
  type StripeStandIn,
  secretKey,
  startStripe,
  webhookSecret,
} from './stripe-stand-in/stripe-stand-in.ts';

/** Payments over Stripe's library and a stand-in for Stripe, both over real sockets. */
export interface OpenStripe {
  readonly payments: OpenPayments;
  readonly stripe: StripeStandIn;
  readonly server: HttpServer;
  /** As `payments.pay`, with Stripe. */
  pay(input?: Parameters<OpenPayments['pay']>[0]): ReturnType<OpenPayments['pay']>;
  /** Sends a webhook of Stripe's, signed unless another signature is given. */
  send(body: string, signature?: string): Promise<{ statusCode: number; json(): unknown }>;
  stop(): Promise<void>;
}

const stripeTimeoutMs = 250;

export async function openStripe(databaseUrl?: string): Promise<OpenStripe> {
  const stripe = await startStripe();
  const payments = await openPayments(databaseUrl, {
    environment: {
      PAYMENT_PROVIDERS: 'stripe,sandbox',
      STRIPE_SECRET_KEY: secretKey,
      STRIPE_WEBHOOK_SECRET: webhookSecret,
      STRIPE_API_URL: stripe.url,
      STRIPE_TIMEOUT_MS: String(stripeTimeoutMs),
    },
  });
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000_000,
    notReadyBecause: () => null,
  });
  payments.subgraph.addRestRoutes(server);
  return {
    payments,
    stripe,
    server,
    pay: (input) => payments.pay({ provider: 'stripe', token: 'pm_card_visa', ...input }),
    // The clock of the tests stands still in the past, and so do the webhooks.
    send: (body, signature = stripe.sign(body, payments.clock.now())) =>
      server.inject({
        method: 'POST',
        url: '/webhooks/payments/stripe',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
        payload: body,
      }),
    async stop() {
      await server.close();
      await payments.stop();
      await stripe.stop();
    },
  };
}

import { Failure } from '@stoa/errors';
import Stripe from 'stripe';
import type { PaymentsSettings } from '../../config.ts';

export interface StripeAccount {
  readonly client: Stripe;
  readonly webhookSecret: string;
}

/**
 * The version that these translations were written for; the library's types are of it, so that an update of the library
 * does not change it unseen.
 */
const apiVersion = '2026-10-28.endive';

/** @throws {Failure} bad-input when the secrets are not set, naming all that are missing */
export function openStripe(settings: PaymentsSettings): StripeAccount {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = settings;
  if (secretKey === undefined || webhookSecret === undefined) {
    const missing = [
      secretKey === undefined ? 'STRIPE_SECRET_KEY (sk_…)' : null,
      webhookSecret === undefined ? 'STRIPE_WEBHOOK_SECRET (whsec_…)' : null,
    ].filter((name) => name !== null);
    throw new Failure(
      'bad-input',
      `PAYMENT_PROVIDERS names stripe: expected ${missing.join(' and ')} to be set, found nothing`,
    );
  }
  const { protocol, hostname, port } = new URL(settings.STRIPE_API_URL);
  const isPlain = protocol === 'http:';
  const client = new Stripe(secretKey, {
    apiVersion,
    host: hostname,
    protocol: isPlain ? 'http' : 'https',
    port: port === '' ? (isPlain ? 80 : 443) : port,
    timeout: settings.STRIPE_TIMEOUT_MS,
    // A lost answer is followed by a question, not by the same request again (ask.ts).
    maxNetworkRetries: 0,
    telemetry: false,
  });
  return { client, webhookSecret };
}

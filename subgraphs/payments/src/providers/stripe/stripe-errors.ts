import Stripe from 'stripe';
import type { Refusal } from '../payment-provider.ts';
import { ProviderTimeout } from '../provider-timeout.ts';

/** A no of Stripe's to what was asked for. Nothing moved. */
export class StripeRefusal extends Error {
  override readonly name = 'StripeRefusal';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/**
 * Makes a request and tells the three ways in which it fails apart.
 * @throws {StripeRefusal} when Stripe said no: the card was declined, or the request does not fit what there is
 * @throws {ProviderTimeout} when what came of it is not known: no answer, an answer of 500 (which Stripe gives again for
 * the same idempotency key), too many requests, or the same request under way
 * @throws {Error} as Stripe's library made it, for a fault of ours: a wrong key, an idempotency key with other input
 */
export async function asking<Answer>(request: () => Promise<Answer>): Promise<Answer> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    if (error instanceof Stripe.errors.StripeCardError) {
      throw new StripeRefusal({
        code: error.decline_code || error.code || 'card_declined',
        message: error.message,
      });
    }
    if (error instanceof Stripe.errors.StripeInvalidRequestError) {
      throw new StripeRefusal({ code: error.code ?? 'invalid_request', message: error.message });
    }
    const isUnknown =
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError;
    if (isUnknown) throw new ProviderTimeout(error.message, { cause: error });
    throw error;
  }
}

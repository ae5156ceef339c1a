import { type ConfigOf, flag, integer, url, z } from '@stoa/config';

/**
 * What payments reads of its environment beside what all subgraphs read.
 * @param known the names of the providers that there are
 */
export function paymentsConfig(known: readonly string[]) {
  return {
    /** Which providers may be used, by name. Left out, `sandbox`; production has to name them, as the sandbox moves no money. */
    PAYMENT_PROVIDERS: z
      .string()
      .transform((text) => text.split(',').map((name) => name.trim()))
      .refine(
        (names) => names.every((name) => known.includes(name)),
        `expected a comma-separated list of ${known.join(', ')}`,
      )
      .optional(),
    /** Where a buyer's browser reaches this service's routes, for the confirmation page of the sandbox. Left out, where this process listens. */
    PAYMENT_SANDBOX_URL: url(['http', 'https']).optional(),
    /** Whether the sandbox sends webhooks. */
    PAYMENT_SANDBOX_WEBHOOKS: flag(true),
    /** Where the sandbox sends them. Left out, to this process. */
    PAYMENT_SANDBOX_WEBHOOK_URL: url(['http', 'https']).optional(),
    /** How long a payment or an operation may be without an outcome before the provider is asked about it. */
    PAYMENT_RECONCILE_AFTER_SECONDS: integer(60, { min: 1, max: 86_400 }),
    /** How long the reconciliation rests when there was nothing to ask about. */
    PAYMENT_RECONCILE_PAUSE_MS: integer(5_000, { min: 10, max: 3_600_000 }),
    /** Where a buyer comes back to after confirming with their bank. */
    PAYMENT_RETURN_URL: url(['http', 'https']).default('http://localhost:4000'),
    STRIPE_SECRET_KEY: z.string().optional(),
    STRIPE_WEBHOOK_SECRET: z.string().optional(),
    STRIPE_API_URL: url(['http', 'https']).default('https://api.stripe.com'),
    /** How long one request to Stripe may take. A caller makes five at most, in less than it has a payment to itself for (claim.ts). */
    STRIPE_TIMEOUT_MS: integer(3_500, { min: 50, max: 3_900 }),
  };
}

export type PaymentsSettings = ConfigOf<ReturnType<typeof paymentsConfig>>;

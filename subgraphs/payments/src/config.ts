import { url, z } from '@stoa/config';

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
    /** Where a buyer's browser reaches this service's routes, for the confirmation page of the sandbox. */
    PAYMENT_SANDBOX_URL: url(['http', 'https']).default('http://localhost:4000'),
  };
}

import { Failure } from '@stoa/errors';
import type { PaymentProvider } from './payment-provider.ts';
import type { ProviderEnvironment } from './provider-environment.ts';
import { createSandbox } from './sandbox/sandbox.ts';

/** By the name that PAYMENT_PROVIDERS knows each by. */
export type ProviderFactories = Readonly<
  Record<string, (environment: ProviderEnvironment) => PaymentProvider | Promise<PaymentProvider>>
>;

/** The providers that there are. Stripe's library is large, and loaded where it is used. */
export const providerFactories: ProviderFactories = {
  sandbox: createSandbox,
  stripe: async (environment) => (await import('./stripe/stripe.ts')).createStripe(environment),
};

/** The providers that may be used here. */
export interface Providers {
  readonly all: readonly PaymentProvider[];
  /** Null for one that is unknown or not enabled. */
  find(name: string): PaymentProvider | null;
  /** @throws {Failure} bad-input for one that is unknown or not enabled, naming those that are */
  get(name: string): PaymentProvider;
}

/**
 * Makes the providers that are enabled.
 * @param enabled the names in PAYMENT_PROVIDERS; undefined when it is not set
 * @throws {Failure} bad-input in production when they are not named: a default there would be the sandbox, which moves no
 * money; bad-input when one lacks a setting
 */
export async function createProviders(
  factories: ProviderFactories,
  enabled: readonly string[] | undefined,
  production: boolean,
  environment: ProviderEnvironment,
): Promise<Providers> {
  if (enabled === undefined && production) {
    throw new Failure(
      'bad-input',
      `PAYMENT_PROVIDERS: expected a comma-separated list of ${Object.keys(factories).join(', ')}; production has no default`,
    );
  }
  const names = enabled ?? ['sandbox'];
  const all = await Promise.all(
    Object.entries(factories)
      .filter(([name]) => names.includes(name))
      .map(([, create]) => create(environment)),
  );
  const find = (name: string) => all.find((candidate) => candidate.name === name) ?? null;
  return {
    all,
    find,
    get(name) {
      const provider = find(name);
      if (provider !== null) return provider;
      throw new Failure(
        'bad-input',
        `Expected the provider to be one of ${all.map((known) => known.name).join(', ')}, found ${JSON.stringify(name)}`,
        { code: 'UNKNOWN_PROVIDER' },
      );
    },
  };
}

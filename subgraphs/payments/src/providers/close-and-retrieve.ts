import type { PaymentProvider, ProviderCharge, ProviderPayment } from './payment-provider.ts';

/**
 * What a provider has of a payment; what it does not have can not come any more, as far as the provider keeps its word.
 * @throws {ProviderTimeout} when it cannot tell
 */
export function closeAndRetrieve(
  provider: PaymentProvider,
  payment: ProviderPayment,
): Promise<ProviderCharge | null> {
  return provider.abandon === undefined ? provider.retrieve(payment) : provider.abandon(payment);
}

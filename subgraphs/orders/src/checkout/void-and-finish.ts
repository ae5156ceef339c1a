import { Failure } from '@stoa/errors';
import { advance } from './advance.ts';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { takeLease } from './lease.ts';
import { recorded } from './recorded.ts';

/**
 * Lets go of a payment that waits for its buyer, and takes its checkout to its end. Whatever comes of the one, payments tells the
 * truth when it is asked again.
 * @returns the checkout as it was left; null when somebody else runs it
 */
export async function voidAndFinish(
  scope: CheckoutScope,
  checkout: CheckoutRecord,
): Promise<CheckoutRecord | null> {
  const { services, logger } = scope;
  const { paymentId } = recorded(checkout, 'paymentId');
  try {
    await services.payments.void({ paymentId, idempotencyKey: `checkout:${checkout.id}:void` });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    logger.warn({ event: 'checkout.payment-not-voided', checkoutId: checkout.id, err: error });
  }
  const lease = await takeLease(scope, checkout.id);
  return lease === null ? null : advance(scope, lease);
}

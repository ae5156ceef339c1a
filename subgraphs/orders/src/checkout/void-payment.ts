import { Failure } from '@stoa/errors';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { recorded } from './recorded.ts';

/** Lets go of a payment that waits for its buyer. Whatever comes of it, payments tells the truth when it is asked again. */
export async function voidPayment(
  { services, logger }: CheckoutScope,
  checkout: CheckoutRecord,
): Promise<void> {
  const { paymentId } = recorded(checkout, 'paymentId');
  try {
    await services.payments.void({ paymentId, idempotencyKey: `checkout:${checkout.id}:void` });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    logger.warn({ event: 'checkout.payment-not-voided', checkoutId: checkout.id, err: error });
  }
}

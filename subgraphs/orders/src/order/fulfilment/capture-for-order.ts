import { isId } from '@stoa/clock';
import { rowsOf } from '@stoa/database';
import { PaymentState } from '@stoa/payments/rpc';
import { readCheckout } from '../../checkout/read-checkout.ts';
import type { Context } from '../../context.ts';
import type { RefusalOf } from '../../refusal.ts';
import { Order } from '../order.entity.ts';

/**
 * Takes the money of an order that is paid by an authorisation only. Asking again takes it once.
 * @returns null when there is nothing left to take
 * @throws {Failure} unavailable when payments or the provider does not answer
 */
export async function captureForOrder(
  { em, services }: Context,
  orderId: string,
): Promise<RefusalOf<'order-not-captured'> | null> {
  const order = isId(orderId) ? await rowsOf(em).findOne(Order, { id: orderId, state: 'PAID' }) : null;
  if (order === null) return null;
  const { paymentId } = await readCheckout({ em }, order.checkoutId);
  if (paymentId === null || paymentId === undefined) return null;
  const { payment: before } = await services.payments.getPayment({ paymentId });
  if (
    before?.state !== PaymentState.AUTHORIZED &&
    before?.state !== PaymentState.VOIDED &&
    before?.state !== PaymentState.FAILED
  )
    return null;
  const { payment } =
    before.state === PaymentState.AUTHORIZED
      ? await services.payments.capture({ paymentId, idempotencyKey: `order:${orderId}:capture` })
      : { payment: before };
  if (payment?.state === PaymentState.CAPTURED) return null;
  return {
    refused: 'order-not-captured',
    orderId,
    reason: payment?.failureMessage || 'The authorisation is no longer valid',
  };
}

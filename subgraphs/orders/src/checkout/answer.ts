import { Failure } from '@stoa/errors';
import type { OrderRecord } from '../order/order-record.ts';
import type { PlaceOrderRefusal, RefusalOf } from '../refusal.ts';
import type { CheckoutRecord, RunningCheckout } from './checkout.entity.ts';

/** What placeOrder answers: the order once it is paid, by its id alone where it is to be read, or why it is not. */
export type Answer =
  | {
      readonly paidOrderId: string;
      readonly order: OrderRecord | undefined;
      readonly lines: OrderRecord['lines'];
    }
  | PlaceOrderRefusal;

/**
 * What a checkout answers by now; null while it is not known. Once given, the answer stays.
 * @throws {Failure} unavailable when a fault interrupted it
 */
export function answerOf({ outcome, state, orderId, order, orderLines }: RunningCheckout): Answer | null {
  if (outcome?.refused === 'interrupted') {
    throw new Failure('unavailable', outcome.message, { code: outcome.code });
  }
  if (outcome !== null && outcome !== undefined) return outcome;
  const isPaid = state === 'COMPLETING' || state === 'DONE';
  if (!isPaid || orderId == null) return null;
  return { paidOrderId: orderId, order, lines: orderLines };
}

/** What a checkout that cannot go on by itself answers meanwhile; null when it does not wait for its payment. */
export function meanwhileOf({
  waitsFor,
  orderId,
}: CheckoutRecord): RefusalOf<'payment-action-required' | 'payment-pending'> | null {
  if (orderId === null || orderId === undefined) return null;
  switch (waitsFor?.kind) {
    case 'action':
      return { refused: 'payment-action-required', orderId, actionUrl: waitsFor.actionUrl };
    case 'payment':
      return { refused: 'payment-pending', orderId };
    default:
      return null;
  }
}

import { type ConsumedEvent, consume, type EventDefinition } from '@stoa/events';
import {
  paymentAuthorized,
  paymentCaptured,
  paymentDeclined,
  paymentFailed,
  paymentVoided,
} from '@stoa/payments/events';
import type { OrdersApp } from '../app.ts';
import { resumeCheckout } from '../checkout/resume-checkouts.ts';
import type { Context } from '../context.ts';

type PaymentPayload = ReturnType<(typeof paymentCaptured)['payload']['parse']>;

/**
 * A checkout that waits for its payment goes on as soon as payments tells how it ended. The event is only a nudge: what became of
 * the payment is asked, and a checkout whose event never comes is gone on with by the worker.
 */
export const goOnWithCheckout = [
  goOnAfter('captured', paymentCaptured),
  goOnAfter('authorized', paymentAuthorized),
  goOnAfter('declined', paymentDeclined),
  goOnAfter('failed', paymentFailed),
  goOnAfter('voided', paymentVoided),
] as const;

function goOnAfter<Payload extends PaymentPayload>(what: string, definition: EventDefinition<Payload>) {
  return consume<Payload, Context, OrdersApp>(definition, {
    name: `go-on-after-payment-${what}`,
    // It asks other services; going on twice changes nothing.
    isTransactional: false,
    handle,
  });
}

async function handle(
  context: Context,
  { payload: { paymentId, orderId } }: ConsumedEvent<PaymentPayload>,
  { reads }: OrdersApp,
): Promise<void> {
  const found = (await reads.waitingCheckouts.find([paymentId])).get(paymentId) ?? [];
  const waiting = found.find((checkout) => checkout.orderId === orderId);
  if (waiting !== undefined) await resumeCheckout(context, waiting.id);
}

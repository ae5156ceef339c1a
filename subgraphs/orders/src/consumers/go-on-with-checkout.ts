import { consume, type EventDefinition } from '@stoa/events';
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
import type { WaitingCheckout } from './consumer-reads.ts';

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
  return consume<Payload, Context, OrdersApp, WaitingCheckout>(definition, {
    name: `go-on-after-payment-${what}`,
    // It asks other services; going on twice changes nothing.
    isTransactional: false,
    // Of most payments the checkout has had the answer itself.
    async ahead(events, { reads }) {
      const waiting = await reads.waitingCheckouts.find(events.map(({ payload }) => payload.paymentId));
      const known = new Map<string, WaitingCheckout>();
      for (const { id, payload } of events) {
        const checkout = checkoutOf(payload, waiting);
        if (checkout !== undefined) known.set(id, checkout);
      }
      return known;
    },
    async handle(context, { payload }, { reads }, ahead) {
      const checkout = ahead ?? checkoutOf(payload, await reads.waitingCheckouts.find([payload.paymentId]));
      if (checkout !== undefined) await resumeCheckout(context, checkout.id);
    },
  });
}

function checkoutOf(
  { paymentId, orderId }: PaymentPayload,
  waiting: ReadonlyMap<string, readonly WaitingCheckout[]>,
): WaitingCheckout | undefined {
  return waiting.get(paymentId)?.find((checkout) => checkout.orderId === orderId);
}

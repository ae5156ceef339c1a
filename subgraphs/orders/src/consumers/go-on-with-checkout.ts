import { rowsOf } from '@stoa/database';
import { type ConsumedEvent, consume, type EventDefinition } from '@stoa/events';
import {
  paymentAuthorized,
  paymentCaptured,
  paymentDeclined,
  paymentFailed,
  paymentVoided,
} from '@stoa/payments/events';
import { resumeCheckout } from '../checkout/resume-checkouts.ts';
import type { OrdersSettings } from '../config.ts';
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
  return consume<Payload, Context, OrdersSettings>(definition, {
    name: `go-on-after-payment-${what}`,
    // It asks other services; going on twice changes nothing.
    isTransactional: false,
    handle,
  });
}

async function handle(context: Context, { payload }: ConsumedEvent<PaymentPayload>): Promise<void> {
  // The state is written out, as the partial index on those that pay is found by the text.
  const [waiting] = await rowsOf(context.em).all<{ readonly id: string }>(
    "select id from checkout where payment_id = ? and order_id = ? and state = 'PAYING' and lease_id is null",
    [payload.paymentId, payload.orderId],
  );
  if (waiting !== undefined) await resumeCheckout(context, waiting.id);
}

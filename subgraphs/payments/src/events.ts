import { defineEvent, z } from '@stoa/events';

/** What every event of a payment tells: whose, and how much moved (or was to move), in minor units. */
const paymentPayload = z.object({
  paymentId: z.string(),
  orderId: z.string(),
  amount: z.number().int().positive(),
  currency: z.string().length(3),
});

/** Money is on hold. Not told of a payment that was captured at once: it tells paymentCaptured alone. */
export const paymentAuthorized = defineEvent('payments.payment-authorized.v1', paymentPayload);

/** Money was taken. */
export const paymentCaptured = defineEvent('payments.payment-captured.v1', paymentPayload);

/** The provider said no. */
export const paymentDeclined = defineEvent('payments.payment-declined.v1', paymentPayload);

/** It came to nothing for a technical reason, or a hold was lost before it was captured. */
export const paymentFailed = defineEvent('payments.payment-failed.v1', paymentPayload);

/** A hold was let go. */
export const paymentVoided = defineEvent('payments.payment-voided.v1', paymentPayload);

/** Money was given back: `amount` is that of this refund. */
export const paymentRefunded = defineEvent(
  'payments.payment-refunded.v1',
  // Left out by what was written before the event told it.
  paymentPayload.extend({ refundId: z.string().optional() }),
);

/** The provider refused a refund, `amount` of it; the payment is as it was. */
export const refundFailed = defineEvent(
  'payments.refund-failed.v1',
  paymentPayload.extend({ refundId: z.string(), code: z.string(), message: z.string() }),
);

/** The buyer has to confirm the payment. */
export const paymentActionRequired = defineEvent('payments.payment-action-required.v1', paymentPayload);

/**
 * The provider has taken or held money for a payment that had ended without any. It pays for nothing, the payment stays
 * as it ended, and the money goes back by itself.
 */
export const paymentSettledLate = defineEvent('payments.payment-settled-late.v1', paymentPayload);

/** Money of a payment that had ended before it came is back with the buyer. */
export const latePaymentReturned = defineEvent('payments.late-payment-returned.v1', paymentPayload);

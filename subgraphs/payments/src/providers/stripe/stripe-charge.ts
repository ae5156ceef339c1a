import type Stripe from 'stripe';
import type { AuthorizationOutcome, ProviderCharge, ProviderRefund, Refusal } from '../payment-provider.ts';
import { ProviderTimeout } from '../provider-timeout.ts';
import { fromStripeAmount } from './stripe-amount.ts';

/**
 * A PaymentIntent, with its latest charge expanded, as a charge; null for one that was not confirmed: nobody has asked for
 * its money.
 * @throws {ProviderTimeout} while Stripe is still at work on it
 */
export function chargeOf(
  intent: Stripe.PaymentIntent,
  refunds: readonly Stripe.Refund[],
): ProviderCharge | null {
  const state = stateOf(intent);
  if (state === null) return null;
  return {
    reference: intent.id,
    state,
    method: methodOf(intent),
    actionUrl: state === 'action-required' ? actionUrlOf(intent) : null,
    refusal: state === 'declined' ? refusalOf(intent) : null,
    amount: fromStripeAmount(intent.amount, intent.currency),
    captured: fromStripeAmount(intent.amount_received, intent.currency),
    refunds: refunds.map(refundOf),
  };
}

/** What a PaymentIntent that was just confirmed says. */
export function outcomeOf(intent: Stripe.PaymentIntent): AuthorizationOutcome {
  const [reference, method] = [intent.id, methodOf(intent)];
  switch (stateOf(intent)) {
    case 'authorized':
      return { status: 'approved', reference, method, isCaptured: false };
    case 'captured':
      return { status: 'approved', reference, method, isCaptured: true };
    case 'action-required':
      return { status: 'action-required', reference, method, url: actionUrlOf(intent) };
    default:
      return { status: 'declined', reference, method, ...refusalOf(intent) };
  }
}

/** https://docs.stripe.com/payments/paymentintents/lifecycle */
function stateOf(intent: Stripe.PaymentIntent): ProviderCharge['state'] | null {
  switch (intent.status) {
    case 'requires_confirmation':
      return null;
    case 'requires_payment_method':
      return intent.last_payment_error === null ? null : 'declined';
    case 'requires_action':
      return 'action-required';
    case 'requires_capture':
      return 'authorized';
    case 'succeeded':
      return 'captured';
    case 'canceled':
      return 'voided';
    default:
      throw new ProviderTimeout(`Stripe is still at work on ${intent.id}: ${intent.status}`);
  }
}

function actionUrlOf({ next_action }: Stripe.PaymentIntent): string {
  return next_action?.redirect_to_url?.url ?? '';
}

function refusalOf({ last_payment_error: error }: Stripe.PaymentIntent): Refusal {
  return {
    code: error?.decline_code ?? error?.code ?? 'card_declined',
    message: error?.message ?? 'The payment was declined',
  };
}

function methodOf({ latest_charge: charge }: Stripe.PaymentIntent): string | null {
  if (charge === null || typeof charge === 'string') return null;
  const card = charge.payment_method_details?.card;
  if (!card?.last4) return null;
  const brand = card.brand ?? 'card';
  return `${brand.charAt(0).toUpperCase()}${brand.slice(1)} ending in ${card.last4}`;
}

function refundOf(refund: Stripe.Refund): ProviderRefund {
  return {
    idempotencyKey: refund.metadata?.operation_id ?? null,
    reference: refund.id,
    amount: fromStripeAmount(refund.amount, refund.currency),
    refusal: refundRefusalOf(refund),
  };
}

/** Null for a refund that was made or is on its way. */
export function refundRefusalOf({ status, failure_reason }: Stripe.Refund): Refusal | null {
  if (status !== 'failed' && status !== 'canceled') return null;
  return { code: failure_reason ?? 'refund_failed', message: 'The money could not be given back' };
}

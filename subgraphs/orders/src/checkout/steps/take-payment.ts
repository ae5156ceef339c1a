import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { PaymentState } from '@stoa/payments/rpc';
import { Cart } from '../../cart/cart.entity.ts';
import { markPaid } from '../../order/mark-paid.ts';
import { markPaymentFailed } from '../../order/mark-payment-failed.ts';
import { Order } from '../../order/order.entity.ts';
import { toOrderRecord } from '../../order/read-orders.ts';
import { invalidInput } from '../../refusal.ts';
import type { CheckoutRecord, Outcome } from '../checkout.entity.ts';
import { type CheckoutScope, changeBy } from '../checkout-scope.ts';
import { recorded } from '../recorded.ts';
import type { Move, Step, Waiting } from '../step.ts';

type Payment = NonNullable<
  Awaited<ReturnType<CheckoutScope['services']['payments']['authorize']>>['payment']
>;

/** Asks for the money. What came of it is never guessed: as long as it is not known, the checkout waits. */
export const takePayment: Step = {
  onFault: 'keep',
  async take(checkout, scope) {
    try {
      return answerOf(checkout, await currentPayment(checkout, scope), scope);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const refusal = refusalOfRequest(error);
      if (refusal !== null) return { to: 'COMPENSATING', record: { outcome: refusal } };
      scope.logger.warn({ event: 'checkout.payment-unknown', checkoutId: checkout.id, err: error });
      return { waitsFor: { kind: 'payment' } };
    }
  },
  async undo(checkout, scope) {
    return async (tx) => {
      const order = await rowsOf(tx).findOne(Order, {
        id: checkout.orderId ?? '',
        checkoutId: checkout.id,
        state: 'PENDING_PAYMENT',
      });
      // Not there when the order was never written, and not this checkout's when the buyer has tried again since.
      if (order !== null)
        await markPaymentFailed(tx, order, {
          ...changeBy(scope, 'shop'),
          reason: reasonOf(checkout.outcome),
        });
      return undefined;
    };
  },
};

function reasonOf(outcome: CheckoutRecord['outcome']): string {
  if (outcome?.refused === 'payment-declined') return outcome.reason;
  return 'The checkout was interrupted before the payment';
}

/** Where a checkout goes on once its order is paid, or there is nothing to pay: the cart is closed for good. */
export function completionOf(checkout: CheckoutRecord, scope: CheckoutScope, paymentId: string | null): Move {
  const { orderId, snapshot } = recorded(checkout, 'orderId', 'snapshot');
  return {
    to: 'COMPLETING',
    write: async (tx) => {
      await rowsOf(tx).update(
        Cart,
        { id: checkout.cartId, lockedBy: checkout.id },
        { state: 'ORDERED', orderId, lockedBy: null, updatedAt: scope.clock.now() },
      );
      const order = await markPaid(tx, orderId, snapshot.lines, paymentId, changeBy(scope, 'shop'));
      return { order: toOrderRecord(order) };
    },
  };
}

/**
 * Asks for the money or, when it was asked for before, what became of it: with the same key, so that it is taken once
 * and the answer is always the payment as it stands.
 */
async function currentPayment(
  checkout: CheckoutRecord,
  { services, settings }: CheckoutScope,
): Promise<Payment> {
  const { paymentId, orderId, snapshot, paymentToken } = recorded(
    checkout,
    'paymentId',
    'orderId',
    'snapshot',
    'paymentToken',
  );
  const { payment } = await services.payments.authorize({
    idempotencyKey: `checkout:${checkout.id}:${checkout.attempt}`,
    paymentId,
    orderId,
    ownerId: snapshot.buyerId ?? '',
    provider: checkout.paymentProvider,
    token: paymentToken,
    amount: BigInt(snapshot.total),
    currency: snapshot.currency,
    capture: settings.PAYMENT_CAPTURE === 'immediate',
  });
  if (payment === undefined) throw new Failure('internal', 'payments: the answer has no payment');
  return payment;
}

function answerOf(checkout: CheckoutRecord, payment: Payment, scope: CheckoutScope): Move | Waiting {
  switch (payment.state) {
    case PaymentState.CAPTURED:
    case PaymentState.AUTHORIZED:
    // Given back already, by staff or at the provider: it was taken, so the order was paid.
    case PaymentState.PARTIALLY_REFUNDED:
    case PaymentState.REFUNDED:
      return completionOf(checkout, scope, payment.id);
    case PaymentState.DECLINED:
    case PaymentState.FAILED:
    case PaymentState.VOIDED:
      return { to: 'COMPENSATING', record: { outcome: declined(checkout, payment) } };
    case PaymentState.REQUIRES_ACTION:
      return { waitsFor: { kind: 'action', actionUrl: payment.actionUrl } };
    default:
      return { waitsFor: { kind: 'payment' } };
  }
}

function declined(checkout: CheckoutRecord, { state, failureCode, failureMessage }: Payment): Outcome {
  return {
    refused: 'payment-declined',
    orderId: recorded(checkout, 'orderId').orderId,
    declineCode: failureCode || PaymentState[state].toLowerCase(),
    reason: failureMessage || 'The payment was not carried out',
    isRetryable: state !== PaymentState.DECLINED,
  };
}

/** A request that payments does not accept as such (an unknown provider, say) has taken no money. */
function refusalOfRequest(error: Failure): Outcome | null {
  if (error.kind !== 'bad-input') return null;
  return { ...invalidInput('input.payment', 'a payment that payments accepts', error.message) };
}

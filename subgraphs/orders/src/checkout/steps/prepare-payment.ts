import { markPaymentFailed } from '../../order/mark-payment-failed.ts';
import { Order } from '../../order/order.entity.ts';
import type { CheckoutRecord } from '../checkout.entity.ts';
import { changeBy } from '../checkout-scope.ts';
import { recorded } from '../recorded.ts';
import type { Step } from '../step.ts';
import { completionOf } from './take-payment.ts';

/** Chooses the payment's id, so that asking for the money twice takes it once. An order for nothing needs no payment. */
export const preparePayment: Step = {
  onFault: 'undo',
  async take(checkout, scope) {
    const { snapshot } = recorded(checkout, 'snapshot');
    if (snapshot.total === 0) return completionOf(checkout, scope, null);
    return { to: 'PAYING', record: { paymentId: scope.newId() } };
  },
  async undo(checkout, scope) {
    return async (tx) => {
      const order = await tx.findOne(Order, {
        id: checkout.orderId ?? '',
        checkoutId: checkout.id,
        state: 'PENDING_PAYMENT',
      });
      // Not there when the order was never written, and not this checkout's when the buyer has tried again since.
      if (order === null) return;
      markPaymentFailed(tx, order, { ...changeBy(scope, 'shop'), reason: reasonOf(checkout.outcome) });
    };
  },
};

function reasonOf(outcome: CheckoutRecord['outcome']): string {
  if (outcome?.refused === 'payment-declined') return outcome.reason;
  return 'The checkout was interrupted before the payment';
}

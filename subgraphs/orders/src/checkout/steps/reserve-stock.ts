import { writeOrder } from '../../order/write-order.ts';
import { changeBy } from '../checkout-scope.ts';
import { recorded } from '../recorded.ts';
import { requestReservation } from '../reservation.ts';
import { hashOfSnapshot } from '../snapshot.ts';
import type { Step, Write } from '../step.ts';
import { completionOf } from './take-payment.ts';

/**
 * Sets the stock aside, all lines or none, and writes the order; with it the payment's id, so that asking for the money twice takes it
 * once. An order for nothing needs no payment.
 */
export const reserveStock: Step = {
  onFault: 'undo',
  async take(checkout, scope) {
    const answer = await requestReservation(checkout, scope);
    if (answer.kind === 'insufficient') {
      return { to: 'COMPENSATING', record: { outcome: answer.refusal } };
    }
    if (answer.kind === 'over') {
      return { to: 'RESERVING', record: { reservationId: scope.newId() } };
    }
    const { orderId, snapshot } = recorded(checkout, 'orderId', 'snapshot');
    const order = {
      orderId,
      snapshot,
      cartId: checkout.cartId,
      checkoutId: checkout.id,
      snapshotHash: hashOfSnapshot(snapshot),
    };
    const write: Write = async (tx) => ({
      orderLines: await writeOrder(tx, order, changeBy(scope, snapshot)),
    });
    if (snapshot.total > 0) return { to: 'PAYING', record: { paymentId: scope.newId() }, write };
    const completion = completionOf(checkout, scope, null);
    return {
      ...completion,
      write: async (tx) => {
        const known = await write(tx);
        return { ...known, ...(await completion.write?.(tx)) };
      },
    };
  },
  async undo({ reservationId }, { services }) {
    // Also when it may never have been made: inventory then refuses a Reserve that arrives late.
    if ((reservationId ?? null) !== null)
      await services.inventory.release({ reservationId: reservationId ?? '' });
    return null;
  },
};

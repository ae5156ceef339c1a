import { writeOrder } from '../../order/write-order.ts';
import { changeBy } from '../checkout-scope.ts';
import { recorded } from '../recorded.ts';
import { requestReservation } from '../reservation.ts';
import { hashOf } from '../snapshot.ts';
import type { Step } from '../step.ts';

/** Sets the stock aside, all lines or none, and writes the order. */
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
    const order = { orderId, snapshot, cartId: checkout.cartId, checkoutId: checkout.id };
    return {
      to: 'ORDER_WRITTEN',
      write: (tx) => writeOrder(tx, { ...order, snapshotHash: hashOf(snapshot) }, changeBy(scope, snapshot)),
    };
  },
  async undo({ reservationId }, { services }) {
    // Also when it may never have been made: inventory then refuses a Reserve that arrives late.
    if ((reservationId ?? null) !== null)
      await services.inventory.release({ reservationId: reservationId ?? '' });
    return null;
  },
};

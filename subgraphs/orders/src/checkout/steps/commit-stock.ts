import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { cancelAndGiveBack } from '../../order/cancel-and-give-back.ts';
import { Order } from '../../order/order.entity.ts';
import type { CheckoutRecord } from '../checkout.entity.ts';
import { type CheckoutScope, changeBy } from '../checkout-scope.ts';
import { recorded } from '../recorded.ts';
import { requestReservation } from '../reservation.ts';
import type { Move, Step } from '../step.ts';

/**
 * Takes the stock for good. The order is paid, so a fault changes nothing for the buyer: it is tried again later. A
 * reservation that ran out of time before the money came is asked for anew; when it cannot be had, the order is cancelled.
 */
export const commitStock: Step = {
  onFault: 'keep',
  async take(checkout, scope) {
    const { services, logger, newId } = scope;
    const { reservationId } = recorded(checkout, 'reservationId');
    try {
      if (await commits(services.inventory, reservationId)) return { to: 'DONE' };
      const answer = await requestReservation(checkout, scope);
      if (answer.kind === 'over') return { to: 'COMPLETING', record: { reservationId: newId() } };
      if (answer.kind === 'held' && (await commits(services.inventory, reservationId))) return { to: 'DONE' };
      if (answer.kind === 'insufficient') return withoutStock(checkout, scope);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      logger.warn({ event: 'checkout.stock-not-committed', checkoutId: checkout.id, err: error });
    }
    return { waitsFor: { kind: 'stock' } };
  },
};

/** Money taken for goods that cannot be delivered goes back by itself. */
function withoutStock(checkout: CheckoutRecord, scope: CheckoutScope): Move {
  const { orderId } = recorded(checkout, 'orderId');
  scope.logger.error({ event: 'checkout.paid-without-stock', checkoutId: checkout.id, orderId });
  return {
    to: 'DONE',
    write: async (tx) => {
      const order = await rowsOf(tx).findOne(Order, { id: orderId });
      const reason = 'Sold out before the payment came: the money goes back';
      if (order?.state === 'PAID') await cancelAndGiveBack(tx, order, { ...changeBy(scope, 'shop'), reason });
      return { order: undefined };
    },
  };
}

type Inventory = Parameters<Step['take']>[1]['services']['inventory'];

/** False when the reservation is over, or was never made. */
async function commits(inventory: Inventory, reservationId: string): Promise<boolean> {
  try {
    await inventory.commit({ reservationId });
    return true;
  } catch (error) {
    if (error instanceof Failure && (error.kind === 'conflict' || error.kind === 'not-found')) return false;
    throw error;
  }
}

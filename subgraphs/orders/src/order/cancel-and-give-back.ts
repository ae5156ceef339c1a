import { type EntityManager, rowsOf } from '@stoa/database';
import { Checkout } from '../checkout/checkout.entity.ts';
import { readCheckout } from '../checkout/read-checkout.ts';
import { cancelOrder } from './cancel-order.ts';
import type { OrderChange } from './move-order.ts';
import type { Order } from './order.entity.ts';
import { shareOfLine } from './share-of-line.ts';
import { addTask } from './task/add-task.ts';
import { type LineUnits, unitsOfOrder } from './units-of-order.ts';

/**
 * Cancels an order, and has the money and the stock of all that was not sent off go back, by tasks that are written in the
 * same transaction.
 * @throws {Failure} ILLEGAL_TRANSITION
 */
export async function cancelAndGiveBack(
  tx: EntityManager,
  order: Order,
  change: OrderChange & { readonly reason: string },
): Promise<void> {
  const hasPayment = order.state !== 'PAYMENT_FAILED' && order.state !== 'PENDING_PAYMENT';
  await cancelOrder(tx, order, change);
  // What an unpaid order set aside, its checkout gives back.
  if (!hasPayment) return;
  const { paymentId, reservationId } = await closeCheckout(tx, order, change);
  const lines = await unitsOfOrder(tx, order.id);
  if (paymentId !== null) await giveMoneyBack(tx, order.id, paymentId, lines, change);
  const unsent = lines
    .map(({ variantId, quantity, fulfilled }) => ({ variantId, quantity: quantity - fulfilled }))
    .filter(({ quantity }) => quantity > 0);
  if (reservationId !== null && unsent.length > 0)
    await addTask(tx, order.id, { kind: 'RETURN_STOCK', reservationId, lines: unsent }, change);
}

/** A checkout that has not taken its stock yet must not take it any more: whoever runs it loses it thereby. */
async function closeCheckout(
  tx: EntityManager,
  { checkoutId }: Order,
  { now }: OrderChange,
): Promise<{ readonly paymentId: string | null; readonly reservationId: string | null }> {
  const rows = rowsOf(tx);
  await rows.update(
    Checkout,
    { id: checkoutId, state: 'COMPLETING' },
    { state: 'DONE', leaseId: null, leasedUntil: null, waitsFor: null, paymentToken: null, updatedAt: now },
  );
  const { paymentId, reservationId } = await readCheckout({ em: tx }, checkoutId);
  return { paymentId: paymentId ?? null, reservationId: reservationId ?? null };
}

async function giveMoneyBack(
  tx: EntityManager,
  orderId: string,
  paymentId: string,
  lines: readonly LineUnits[],
  change: OrderChange & { readonly reason: string },
): Promise<void> {
  const { reason } = change;
  if (lines.every(({ fulfilled }) => fulfilled === 0)) {
    await addTask(tx, orderId, { kind: 'GIVE_MONEY_BACK', paymentId, reason }, change);
    return;
  }
  const amount = lines
    .map((line) => shareOfLine(line, line.fulfilled, line.quantity - line.fulfilled))
    .reduce((sum, share) => sum + share, 0);
  if (amount > 0) await addTask(tx, orderId, { kind: 'REFUND', paymentId, amount, reason }, change);
}

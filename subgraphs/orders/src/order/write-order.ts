import { type EntityManager, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Snapshot } from '../checkout/snapshot.ts';
import { orderPlaced } from '../events.ts';
import { cancelOrder } from './cancel-order.ts';
import { moveOrder, type OrderChange, recordHistory } from './move-order.ts';
import { Order, OrderLine } from './order.entity.ts';
import { contentsOf, occurrenceOf } from './order-facts.ts';
import { drawOrderNumber, drawUnlessUnpaid } from './order-number.ts';
import type { OrderLineRecord } from './order-record.ts';

/** What an order is made of. */
export interface OrderToWrite {
  readonly orderId: string;
  readonly cartId: string;
  readonly checkoutId: string;
  readonly snapshot: Snapshot;
  readonly snapshotHash: string;
}

/**
 * Writes the order that a buyer agreed to, waiting to be paid. When a payment for the very same was refused before,
 * that order waits again; an unpaid order of the cart that says something else is cancelled.
 * @returns the lines of a new one
 */
export async function writeOrder(
  tx: EntityManager,
  order: OrderToWrite,
  change: OrderChange,
): Promise<readonly OrderLineRecord[] | undefined> {
  const number = await drawUnlessUnpaid(tx, order, change.now);
  if (number !== null) return placeNew(tx, order, number, change);
  const rows = rowsOf(tx);
  const unpaid = await rows.find(Order, { cartId: order.cartId, state: 'PAYMENT_FAILED' });
  const again = unpaid.find(({ id }) => id === order.orderId);
  // Before the new one is inserted: a cart has one order that is not cancelled.
  for (const other of unpaid) {
    if (other === again) continue;
    await cancelOrder(tx, other, { ...change, reason: 'The cart was changed before it was paid' });
  }
  if (again === undefined) {
    return placeNew(tx, order, await drawOrderNumber(tx, order.orderId, change.now), change);
  }
  const waiting = await rows.change(Order, again, { checkoutId: order.checkoutId });
  await moveOrder(tx, waiting, 'PENDING_PAYMENT', { ...change, reason: 'The buyer pays again' });
  return undefined;
}

async function placeNew(
  tx: EntityManager,
  toWrite: OrderToWrite,
  number: string,
  change: OrderChange,
): Promise<readonly OrderLineRecord[]> {
  const { orderId, cartId, checkoutId, snapshot, snapshotHash } = toWrite;
  const { now, newId } = change;
  const order: Order = {
    id: orderId,
    version: 1,
    number,
    state: 'PENDING_PAYMENT',
    cartId,
    checkoutId,
    snapshotHash,
    buyerId: snapshot.buyerId,
    email: snapshot.email,
    currency: snapshot.currency,
    shippingAddress: snapshot.shippingAddress,
    billingAddress: snapshot.billingAddress,
    discounts: snapshot.discounts,
    subtotal: snapshot.subtotal,
    shipping: snapshot.shipping,
    tax: snapshot.tax,
    total: snapshot.total,
    placedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  const lines = snapshot.lines.map((line) => ({
    ...line,
    id: newId(),
    orderId,
    currency: snapshot.currency,
    buyerId: snapshot.buyerId,
  }));
  await rowsOf(tx).insert(Order, order);
  await rowsOf(tx).insert(OrderLine, ...lines.map(rowOf));
  await recordHistory(tx, orderId, null, 'PENDING_PAYMENT', change);
  recordEvent(tx, orderPlaced, occurrenceOf(order, change), contentsOf(order, snapshot.lines));
  return lines;
}

function rowOf({ id, orderId, variantId, sku, name, quantity, unit, total, taxRate }: OrderLineRecord) {
  return {
    id,
    order: orderId,
    variantId,
    sku,
    name,
    quantity,
    unitNet: unit.net,
    unitTax: unit.tax,
    unitGross: unit.gross,
    totalNet: total.net,
    totalTax: total.tax,
    totalGross: total.gross,
    taxRate,
  };
}

import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Snapshot } from '../checkout/snapshot.ts';
import { orderPlaced } from '../events.ts';
import { cancelOrder } from './cancel-order.ts';
import { moveOrder, type OrderChange, recordHistory } from './move-order.ts';
import { Order, OrderLine } from './order.entity.ts';
import { contentsOf, occurrenceOf } from './order-facts.ts';
import { drawOrderNumber } from './order-number.ts';

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
 */
export async function writeOrder(tx: EntityManager, order: OrderToWrite, change: OrderChange): Promise<void> {
  const unpaid = await tx.find(Order, { cartId: order.cartId, state: 'PAYMENT_FAILED' });
  const again = unpaid.find(({ id }) => id === order.orderId);
  for (const other of unpaid) {
    if (other === again) continue;
    cancelOrder(tx, other, { ...change, reason: 'The cart was changed before it was paid' });
  }
  // Before the new one is inserted: a cart has one order that is not cancelled.
  await tx.flush();
  if (again !== undefined) {
    again.checkoutId = order.checkoutId;
    moveOrder(tx, again, 'PENDING_PAYMENT', { ...change, reason: 'The buyer pays again' });
    return;
  }
  await placeNew(tx, order, change);
}

async function placeNew(tx: EntityManager, toWrite: OrderToWrite, change: OrderChange): Promise<void> {
  const { orderId, cartId, checkoutId, snapshot, snapshotHash } = toWrite;
  const { now, newId } = change;
  const order = tx.create(Order, {
    id: orderId,
    number: await drawOrderNumber(tx, orderId, now),
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
  });
  tx.persist(order);
  const lines = snapshot.lines.map(({ variantId, sku, name, quantity, unit, total, taxRate }) =>
    tx.create(OrderLine, {
      id: newId(),
      order,
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
    }),
  );
  tx.persist(lines);
  recordHistory(tx, order, null, change);
  recordEvent(tx, orderPlaced, occurrenceOf(order, change), contentsOf(order, lines));
}

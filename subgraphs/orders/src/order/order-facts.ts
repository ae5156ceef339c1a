import type { Snapshot } from '../checkout/snapshot.ts';
import type { OrderChange } from './move-order.ts';
import type { Order } from './order.entity.ts';

/** When and in which request something happened to an order, for its event. */
export function occurrenceOf({ id }: Order, { newId, requestId, now }: OrderChange) {
  return { id: newId(), aggregateId: id, requestId, occurredAt: now };
}

/** What every event tells of its order. */
export function factsOf({ id, number, buyerId, email, currency, total }: Order) {
  return { orderId: id, number, buyerId: buyerId ?? null, email: email ?? null, currency, total };
}

/** What an event tells of an order's contents. */
export function contentsOf(order: Order, lines: Snapshot['lines']) {
  return {
    ...factsOf(order),
    subtotal: order.subtotal,
    shipping: order.shipping,
    tax: order.tax,
    placedAt: order.placedAt.toISOString(),
    lines: lines.map(({ variantId, sku, name, quantity, unit, total }) => ({
      variantId,
      sku,
      name,
      quantity,
      unitPrice: unit.gross,
      total: total.gross,
    })),
  };
}

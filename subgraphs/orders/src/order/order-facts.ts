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
export function contentsOf(order: Order, lines: readonly LineFacts[]) {
  return {
    ...factsOf(order),
    subtotal: order.subtotal,
    shipping: order.shipping,
    tax: order.tax,
    placedAt: order.placedAt.toISOString(),
    lines: lines.map(({ variantId, sku, name, quantity, unitGross, totalGross }) => ({
      variantId,
      sku,
      name,
      quantity,
      unitPrice: unitGross,
      total: totalGross,
    })),
  };
}

interface LineFacts {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitGross: number;
  readonly totalGross: number;
}

import { type EntityManager, type Gathered, gathered, readJson, rowsOf } from '@stoa/database';
import type { Discount } from '../order/order.entity.ts';
import type { PostalAddress } from '../postal-address.ts';

/** What consumers read about events that come many at once: together, where they come together. */
export interface ConsumerReads {
  /** The checkouts that wait for their payment, by the payment's id. */
  readonly waitingCheckouts: Gathered<string, WaitingCheckout>;
  /** By the order's id. */
  readonly letterFacts: Gathered<string, LetterFacts>;
}

export interface WaitingCheckout {
  readonly id: string;
  readonly paymentId: string;
  readonly orderId: string;
}

/** Of an order what its event does not tell, and its confirmation does. */
export interface LetterFacts {
  readonly orderId: string;
  readonly shippingAddress: PostalAddress;
  readonly discounts: readonly Discount[];
  readonly locale: string;
}

export function consumerReads(em: EntityManager): ConsumerReads {
  return {
    waitingCheckouts: gathered(
      (paymentIds) =>
        rowsOf(em).all<WaitingCheckout>(
          // The state is written out, as the partial index on those that pay is found by the text.
          `select id, payment_id as "paymentId", order_id as "orderId" from checkout
           where payment_id = any(?) and state = 'PAYING' and lease_id is null`,
          [paymentIds],
        ),
      ({ paymentId }) => paymentId,
    ),
    letterFacts: gathered(
      async (orderIds) => {
        // Of those that tried to have it paid, the order names the last one: that was the one that did.
        const rows = await rowsOf(em).all(
          `select orders.id, orders.shipping_address, orders.discounts, checkout.locale
         from orders left join checkout on checkout.id = orders.checkout_id where orders.id = any(?)`,
          [orderIds],
        );
        return rows.map((row) => ({
          orderId: String(row['id']),
          shippingAddress: readJson<PostalAddress>(row['shipping_address']),
          discounts: readJson<readonly Discount[]>(row['discounts']),
          locale: String(row['locale'] ?? 'en'),
        }));
      },
      ({ orderId }) => orderId,
    ),
  };
}

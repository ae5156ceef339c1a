import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { Money } from '@stoa/money';
import type { CartRecord } from '../cart/cart-record.ts';
import type { OrderRecord } from '../order/order-record.ts';
import type { PlaceOrderRefusal } from '../refusal.ts';
import type { CheckoutState } from './checkout-state.ts';
import type { Snapshot } from './snapshot.ts';

/** Why a checkout failed: something the buyer must expect, or a fault of ours that another try may not meet. */
export type Outcome =
  | PlaceOrderRefusal
  | { readonly refused: 'interrupted'; readonly code: string; readonly message: string };

/** What an unfinished checkout waits for, once nobody runs it. */
export type Wait =
  | { readonly kind: 'action'; readonly actionUrl: string }
  /** The provider's answer is not known. */
  | { readonly kind: 'payment' }
  /** The inventory does not answer, or has less than was paid for. */
  | { readonly kind: 'stock' };

/** One attempt to buy a cart, by one idempotency key: a saga whose progress survives its process. */
export const Checkout = defineEntity({
  name: 'Checkout',
  tableName: 'checkout',
  properties: {
    ...baseProperties,
    cartId: p.string().length(36),
    idempotencyKey: p.string(),
    /** Of the input that came with the key. */
    fingerprint: p.string().length(64),
    state: p.string().$type<CheckoutState>(),
    /** Counts the times it was started. */
    attempt: p.integer(),
    /** The buyer's language, in which the lines are snapshotted. */
    locale: p.string(),
    expectedTotal: p.json<Money>().nullable(),
    paymentProvider: p.string(),
    /** Null once the provider has no more use for it. */
    paymentToken: p.text().nullable(),
    /** What the buyer agrees to; null until it is quoted. */
    snapshot: p.json<Snapshot>().nullable(),
    orderId: p.string().length(36).nullable(),
    reservationId: p.string().length(36).nullable(),
    paymentId: p.string().length(36).nullable(),
    waitsFor: p.json<Wait>().nullable(),
    /** Null unless it failed. */
    outcome: p.json<Outcome>().nullable(),
    /** Names who runs it; null when nobody does. */
    leaseId: p.string().length(36).nullable(),
    /** From then on it may be taken over, as whoever ran it must have stopped. */
    leasedUntil: p.datetime(3).nullable(),
  },
});

/** A checkout as it is read. */
export type CheckoutRecord = Row<InferEntity<typeof Checkout>>;

/** What whoever runs a checkout knows, as it has just read or written it: else it is read when it is needed. */
export interface Known {
  /** The cart as it was locked. */
  readonly cart?: CartRecord & Required<Pick<CartRecord, 'lines'>>;
  /** The order once it is paid, and the lines that were written with it. */
  readonly order?: OrderRecord | undefined;
  readonly orderLines?: OrderRecord['lines'];
}

/** A checkout in the hands of whoever runs it. */
export type RunningCheckout = CheckoutRecord & Known;

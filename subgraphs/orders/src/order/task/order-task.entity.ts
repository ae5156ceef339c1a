import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';

/** Something that another service has to do because an order changed. Amounts are in minor units of the order's currency. */
export type Work =
  /** Gives back all that was taken or held of a payment and has not gone back yet. */
  | { readonly kind: 'GIVE_MONEY_BACK'; readonly paymentId: string; readonly reason: string }
  /** Gives back a part of what was taken. */
  | { readonly kind: 'REFUND'; readonly paymentId: string; readonly amount: number; readonly reason: string }
  /** Gives back what is set aside, or puts these units of what was taken back into stock. */
  | {
      readonly kind: 'RETURN_STOCK';
      readonly reservationId: string;
      readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
    };

/** PENDING until it is done; FAILED when it never will be, for people to look at. */
export type TaskState = 'PENDING' | 'DONE' | 'FAILED';

/**
 * Written in the transaction that changes the order, and done after it, once or more often: its id is the idempotency
 * key, so that doing it again changes nothing.
 */
export const OrderTask = defineEntity({
  name: 'OrderTask',
  tableName: 'order_task',
  properties: {
    ...baseProperties,
    orderId: p.string().length(36),
    state: p.string().$type<TaskState>(),
    work: p.json<Work>(),
    attempts: p.integer(),
    /** When it is tried next; while it is tried, when somebody else may. */
    dueAt: p.datetime(3).nullable(),
    /** What the last attempt met. */
    error: p.text().nullable(),
  },
});

export type OrderTask = Row<InferEntity<typeof OrderTask>>;

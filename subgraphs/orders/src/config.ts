import { type ConfigOf, integer, oneOf } from '@stoa/config';
import { mailConfig } from '@stoa/mail';

/** What orders reads of its environment, beside what every subgraph reads. */
export const ordersConfig = {
  ...mailConfig,
  /** Whether money is taken when the order is placed, or only authorised then and taken at fulfilment. */
  PAYMENT_CAPTURE: oneOf(['immediate', 'on-fulfilment'], 'immediate'),
  /** How long a placeOrder waits for another with the same idempotency key before it answers that one is running. */
  CHECKOUT_WAIT_MS: integer(10_000, { min: 0, max: 60_000 }),
  /** How long a checkout belongs to the process that runs it, counted from its last recorded step; longer than any one step takes. */
  CHECKOUT_LEASE_MS: integer(60_000, { min: 1_000, max: 600_000 }),
  /** How long a checkout that waits (for its payment, for stock to be taken or given back) rests before it is tried again. */
  CHECKOUT_RESUME_MS: integer(10_000, { min: 100, max: 600_000 }),
  /** How long stock is set aside for a checkout, and how long its buyer has to confirm a payment. */
  CHECKOUT_RESERVATION_SECONDS: integer(900, { min: 60, max: 604_800 }),
} as const;

export type OrdersSettings = ConfigOf<typeof ordersConfig>;

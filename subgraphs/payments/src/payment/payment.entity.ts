import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { PaymentState } from './payment-state.ts';

/** One attempt to pay for an order. Amounts are in minor units of `currency`. */
export const Payment = defineEntity({
  name: 'Payment',
  tableName: 'payment',
  properties: {
    ...baseProperties,
    orderId: p.string(),
    /** The user who pays; null for a guest. */
    ownerId: p.string().nullable(),
    provider: p.string(),
    state: p.string().$type<PaymentState>(),
    currency: p.string().length(3),
    amount: p.bigint('number'),
    captured: p.bigint('number'),
    refunded: p.bigint('number'),
    /** The sum of the refunds whose outcome is not known yet: set aside, so that refunds at once never exceed what was captured. */
    refundReserved: p.bigint('number'),
    /** Whether the money is to be taken as soon as it is authorised. */
    isCapturedAtOnce: p.boolean(),
    idempotencyKey: p.string(),
    /** Of what came with the idempotency key. */
    fingerprint: p.string(),
    /** The provider's own name for it; null until the provider has answered. */
    providerReference: p.string().nullable(),
    method: p.string().nullable(),
    failureCode: p.string().nullable(),
    failureMessage: p.text().nullable(),
    actionUrl: p.text().nullable(),
    /** Until when one caller has the provider to itself; see claim.ts. */
    claimedUntil: p.datetime(3).nullable(),
    /** When the provider is to be asked about it without anybody's asking; see next-check.ts. */
    nextCheckAt: p.datetime(3).nullable(),
  },
});

export type Payment = Row<InferEntity<typeof Payment>>;

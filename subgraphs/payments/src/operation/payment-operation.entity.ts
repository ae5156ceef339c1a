import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';

export type OperationKind = 'CAPTURE' | 'VOID' | 'REFUND';

/** PENDING until the provider's answer is known. */
export type OperationState = 'PENDING' | 'SUCCEEDED' | 'FAILED';

/** A capture, void or refund: written before the provider is asked, so that none is forgotten. */
export const PaymentOperation = defineEntity({
  name: 'PaymentOperation',
  tableName: 'payment_operation',
  properties: {
    ...baseProperties,
    paymentId: p.string().length(36),
    kind: p.string().$type<OperationKind>(),
    state: p.string().$type<OperationState>(),
    /** In minor units of the payment's currency. */
    amount: p.bigint('number'),
    currency: p.string().length(3),
    reason: p.text().nullable(),
    idempotencyKey: p.string(),
    /** Of what came with the idempotency key. */
    fingerprint: p.string(),
    failureCode: p.string().nullable(),
    failureMessage: p.text().nullable(),
    /** Until when one caller has the provider to itself; see claim.ts. */
    claimedUntil: p.datetime(3).nullable(),
  },
});

export type PaymentOperation = Row<InferEntity<typeof PaymentOperation>>;

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { Units } from '../fulfilment/order-fulfilment.entity.ts';
import type { ReturnState } from './return-state.ts';

/** A part of an order that its buyer sends back. */
export const OrderReturn = defineEntity({
  name: 'OrderReturn',
  tableName: 'order_return',
  properties: {
    ...baseProperties,
    orderId: p.string().length(36),
    idempotencyKey: p.string().length(200),
    /** Of the request that came with the key. */
    fingerprint: p.string().length(64),
    state: p.string().$type<ReturnState>(),
    lines: p.json<readonly Units[]>(),
    /** In the words of whoever asked for it. */
    reason: p.string(),
    /** Why it was rejected; null otherwise. */
    decision: p.string().nullable(),
    /** What went back for it, in minor units, once it was received. */
    refund: p.bigint('number').nullable(),
  },
});

export type OrderReturn = Row<InferEntity<typeof OrderReturn>>;

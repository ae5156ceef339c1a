import { defineEntity, p } from '@mikro-orm/core';

/** Units of a line of an order. */
export interface Units {
  readonly lineId: string;
  readonly quantity: number;
}

/** A part of an order that was sent off. Never changed. */
export const OrderFulfilment = defineEntity({
  name: 'OrderFulfilment',
  tableName: 'order_fulfilment',
  properties: {
    id: p.string().length(36).primary(),
    orderId: p.string().length(36),
    idempotencyKey: p.string().length(200),
    /** Of the request that came with the key. */
    fingerprint: p.string().length(64),
    at: p.datetime(3),
    lines: p.json<readonly Units[]>(),
    carrier: p.string().length(100).nullable(),
    trackingNumber: p.string().length(100).nullable(),
  },
});

import { defineEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';
import type { PromotionKind } from './promotion.ts';

/** Something taken off an order, for everybody or for those who know a coupon code. */
export const Promotion = defineEntity({
  name: 'Promotion',
  tableName: 'promotion',
  properties: {
    ...baseProperties,
    name: p.string(),
    kind: p.string().$type<PromotionKind>(),
    /** Of a percentage: 1000 is 10 %. */
    basisPoints: p.integer().nullable(),
    /** Of an amount, in minor units. */
    amount: p.bigint('number').nullable(),
    /** What the order must come to before discounts, in minor units. */
    minimumSubtotal: p.bigint('number').nullable(),
    /** Of the amount and of the minimum; null when there is neither. */
    currency: p.string().nullable(),
    /** In capitals; unique among those that are not archived. */
    couponCode: p.string().nullable(),
    startsAt: p.datetime(3),
    endsAt: p.datetime(3).nullable(),
    archivedAt: p.datetime(3).nullable(),
  },
});

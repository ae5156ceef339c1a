import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** What a price list says of one variant. */
export const Price = defineEntity({
  name: 'Price',
  tableName: 'price',
  properties: {
    ...baseProperties,
    priceListId: p.string().length(36),
    variantId: p.string().length(36),
    /** Minor units, of one unit; gross or net as the list is. */
    amount: p.bigint('number'),
  },
});

export type Price = InferEntity<typeof Price>;

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';

/** The stock of one variant at one location. Only changeStock writes to it. */
export const StockItem = defineEntity({
  name: 'StockItem',
  tableName: 'stock_item',
  properties: {
    ...baseProperties,
    variantId: p.string().length(36),
    locationId: p.string().length(36),
    /** Units in the building, reserved or not. `version` counts the changes of it, not those of `reserved`. */
    onHand: p.integer(),
    /** Units that reservations in state HELD set aside, also those whose time has run out. */
    reserved: p.integer(),
  },
});

export type StockItem = Row<InferEntity<typeof StockItem>>;

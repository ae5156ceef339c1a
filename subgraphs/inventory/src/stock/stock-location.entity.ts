import { defineEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** A place that holds stock. */
export const StockLocation = defineEntity({
  name: 'StockLocation',
  tableName: 'stock_location',
  properties: {
    ...baseProperties,
    code: p.string().length(32),
    name: p.string().length(100),
    /** ISO 3166-1 alpha-2. */
    country: p.string().length(2),
  },
});

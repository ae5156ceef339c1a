import { defineEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** The terms on which prices in one currency are stated; one list a currency. */
export const PriceList = defineEntity({
  name: 'PriceList',
  tableName: 'price_list',
  properties: {
    ...baseProperties,
    code: p.string(),
    name: p.string(),
    /** ISO 4217. */
    currency: p.string(),
    /** Whether amounts are gross; net otherwise. */
    isTaxIncluded: p.boolean(),
    /** ISO 3166-1 alpha-2: whose tax applies when it is not known where the goods go. */
    country: p.string(),
  },
});

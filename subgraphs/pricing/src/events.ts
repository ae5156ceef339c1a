import { defineEvent, z } from '@stoa/events';

/** A variant has a new price in a list, or its first one. `amount` is in minor units of `currency`, gross or net as the list is. */
export const priceChanged = defineEvent(
  'pricing.price-changed.v1',
  z.object({
    variantId: z.string(),
    priceListId: z.string(),
    amount: z.int().nonnegative(),
    currency: z.string().length(3),
  }),
);

/** A promotion was made or taken back. What it takes off is asked of pricing, which alone knows whether it applies. */
export const promotionChanged = defineEvent(
  'pricing.promotion-changed.v1',
  z.object({
    promotionId: z.string(),
    change: z.enum(['CREATED', 'ARCHIVED']),
  }),
);

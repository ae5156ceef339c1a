import { defineEvent, z } from '@stoa/events';

/** A product was made, changed or taken out of sale. */
export const productChanged = defineEvent(
  'catalog.product-changed.v1',
  z.object({
    productId: z.string(),
    /** ARCHIVED is a product out of sale; a variant made, changed or archived is an UPDATED product. */
    change: z.enum(['CREATED', 'UPDATED', 'ARCHIVED']),
    /** The variants that the change touches: the one that was made, changed or archived, or all of the product. */
    variantIds: z.array(z.string()),
  }),
);

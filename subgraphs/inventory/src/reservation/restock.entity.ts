import { defineEntity, p } from '@mikro-orm/core';

/** Units of a variant that came back to a location. */
export interface RestockedLine {
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Units of a committed reservation that came back into stock, under an id that the caller chose. */
export const Restock = defineEntity({
  name: 'Restock',
  tableName: 'restock',
  properties: {
    id: p.string().length(36).primary(),
    reservationId: p.string().length(36),
    createdAt: p.datetime(3),
    lines: p.json<readonly RestockedLine[]>(),
  },
});

import { defineEntity, p } from '@mikro-orm/core';

/** The journal: one entry for each change of what is on hand, never changed, only followed by another. */
export const StockMovement = defineEntity({
  name: 'StockMovement',
  tableName: 'stock_movement',
  properties: {
    id: p.string().length(36).primary(),
    variantId: p.string().length(36),
    locationId: p.string().length(36),
    /** Units that came, or with a minus units that went; an item's deltas add up to what is on hand. */
    delta: p.integer(),
    reason: p.enum(['OPENED', 'COUNTED', 'ADJUSTED', 'COMMITTED', 'RESTOCKED']),
    /** In the words of whoever adjusted it. */
    note: p.string().length(200).nullable(),
    /** The reservation that took it, or whose units came back. */
    reservationId: p.string().length(36).nullable(),
    /** As `nameOf` names them. */
    actor: p.string(),
    movedAt: p.datetime(3),
  },
});

import { defineEntity, p } from '@mikro-orm/core';

/** What a reservation sets aside of one variant at one location. */
export const ReservationLine = defineEntity({
  name: 'ReservationLine',
  tableName: 'reservation_line',
  properties: {
    reservationId: p.string().length(36).primary(),
    variantId: p.string().length(36).primary(),
    locationId: p.string().length(36).primary(),
    quantity: p.integer(),
  },
});

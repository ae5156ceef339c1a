import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties, type Row } from '@stoa/database';
import type { ReservationState } from './reservation-state.ts';

/** Stock set aside for an order; its id is chosen by the service that asks for it. */
export const Reservation = defineEntity({
  name: 'Reservation',
  tableName: 'reservation',
  properties: {
    ...baseProperties,
    /** Null for one that was released before it was made. */
    orderId: p.string().length(36).nullable(),
    state: p.string().$type<ReservationState>(),
    /** Null for one that was released before it was made. */
    expiresAt: p.datetime(3).nullable(),
  },
});

export type Reservation = Row<InferEntity<typeof Reservation>>;

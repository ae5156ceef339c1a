import { defineEvent, z } from '@stoa/events';

const lines = z.array(z.object({ variantId: z.string(), quantity: z.int().positive() }));
const reservation = z.object({ reservationId: z.string(), orderId: z.string(), lines });

/**
 * What can be sold of a variant has changed. `available` counts all locations, as of this change, and never
 * says less than 0. A hold that ran out of time is told of when it is swept, not when its time comes.
 */
export const stockChanged = defineEvent(
  'inventory.stock-changed.v1',
  z.object({ variantId: z.string(), available: z.int().nonnegative() }),
);

/** Stock was set aside for an order. */
export const reservationHeld = defineEvent('inventory.reservation-held.v1', reservation);

/** What was set aside has left for good. */
export const reservationCommitted = defineEvent('inventory.reservation-committed.v1', reservation);

/** What was set aside was given back. */
export const reservationReleased = defineEvent('inventory.reservation-released.v1', reservation);

/** Time ran out, and what was set aside was given back. */
export const reservationExpired = defineEvent('inventory.reservation-expired.v1', reservation);

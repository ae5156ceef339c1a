import { defineStateMachine } from '@stoa/state-machine';

export type ReservationState = 'HELD' | 'COMMITTED' | 'RELEASED' | 'EXPIRED';

/**
 * The state in the row decides, not the clock: a hold whose time has run out counts as free when stock is read, but
 * can be committed until somebody else's need for the stock, or a sweep, has made it EXPIRED.
 */
export const reservationStates = defineStateMachine<ReservationState>('Reservation', 'HELD', {
  HELD: ['COMMITTED', 'RELEASED', 'EXPIRED'],
  COMMITTED: [],
  RELEASED: [],
  EXPIRED: [],
});

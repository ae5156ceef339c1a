import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Actor } from '../actor.ts';
import { endReservation } from './end-reservation.ts';
import { Reservation } from './reservation.entity.ts';
import { assertReservationId } from './reservation-id.ts';
import { type ReservationState, reservationStates } from './reservation-state.ts';

/**
 * Takes what a reservation set aside out of stock for good; doing it again changes nothing. A hold past its time can
 * still be committed as long as nobody has taken its stock, which makes it EXPIRED.
 * @throws {Failure} bad-input for an id that is no UUID; not-found RESERVATION_NOT_FOUND; conflict ILLEGAL_TRANSITION
 * when it was released or has expired
 */
export async function commit(
  scope: Actor & Readonly<{ em: EntityManager }>,
  id: string,
): Promise<ReservationState> {
  assertReservationId(id);
  return inTransaction(scope.em, async (tx) => {
    if (await endReservation(tx, scope, id, 'COMMITTED')) return 'COMMITTED';
    const reservation = await rowsOf(tx).findOne(Reservation, { id });
    // HELD by now: it was not there yet when it was to be committed.
    if (reservation === null || reservation.state === 'HELD') {
      throw new Failure('not-found', `There is no reservation ${id}`, { code: 'RESERVATION_NOT_FOUND' });
    }
    if (reservation.state !== 'COMMITTED') reservationStates.assertMove(reservation.state, 'COMMITTED');
    return reservation.state;
  });
}

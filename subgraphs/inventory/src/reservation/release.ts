import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { endReservation } from './end-reservation.ts';
import { Reservation } from './reservation.entity.ts';
import { assertReservationId } from './reservation-id.ts';
import { type ReservationState, reservationStates } from './reservation-state.ts';

/**
 * Gives back what a reservation set aside; doing it again, or after it has expired, changes nothing. One that was
 * never made is recorded as released: its request may still be on the way, and must not take stock when it comes.
 * @throws {Failure} bad-input for an id that is no UUID; conflict ILLEGAL_TRANSITION when it was committed
 */
export async function release(
  scope: Actor & Readonly<{ em: EntityManager }>,
  id: string,
): Promise<ReservationState> {
  assertReservationId(id);
  return inTransaction(scope.em, async (tx) => {
    const now = scope.clock.now();
    const neverMade = {
      id,
      orderId: null,
      state: 'RELEASED',
      expiresAt: null,
      createdAt: now,
      updatedAt: now,
    } as const;
    if (await rowsOf(tx).insertNew(Reservation, neverMade, ['id'])) return 'RELEASED';
    if (await endReservation(tx, scope, id, 'RELEASED')) return 'RELEASED';
    const reservation = await rowsOf(tx).findOne(Reservation, { id });
    if (reservation === null) throw new Error(`Expected the reservation ${id}`);
    if (reservation.state === 'COMMITTED') reservationStates.assertMove(reservation.state, 'RELEASED');
    return reservation.state;
  });
}

import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Actor } from '../actor.ts';
import { endReservation } from './end-reservation.ts';
import { Reservation } from './reservation.entity.ts';
import { assertReservationId } from './reservation-id.ts';
import type { ReservationState } from './reservation-state.ts';

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
    const reservation = await rowsOf(tx).findOne(Reservation, { id }, { lock: true });
    if (reservation === null) {
      throw new Failure('not-found', `There is no reservation ${id}`, { code: 'RESERVATION_NOT_FOUND' });
    }
    if (reservation.state !== 'COMMITTED') await endReservation(tx, scope, reservation, 'COMMITTED');
    return 'COMMITTED' as const;
  });
}

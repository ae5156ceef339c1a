import { type EntityManager, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Actor } from '../actor.ts';
import { reservationCommitted, reservationExpired, reservationReleased } from '../events.ts';
import { changeStock, type MovementCause } from '../stock/change-stock.ts';
import { lockStock } from '../stock/lock-stock.ts';
import { describeReservation } from './describe-reservation.ts';
import { Reservation } from './reservation.entity.ts';
import { ReservationLine } from './reservation-line.entity.ts';
import { reservationStates } from './reservation-state.ts';

const eventOf = {
  COMMITTED: reservationCommitted,
  RELEASED: reservationReleased,
  EXPIRED: reservationExpired,
};

/**
 * Ends a reservation: what it set aside is no longer reserved, and when it is committed no longer on hand either.
 * @param reservation locked by the given transaction, before any stock
 * @throws {Failure} ILLEGAL_TRANSITION when it has ended already
 */
export async function endReservation(
  tx: EntityManager,
  actor: Actor,
  reservation: Reservation,
  ending: keyof typeof eventOf,
): Promise<void> {
  reservationStates.assertMove(reservation.state, ending);
  const now = actor.clock.now();
  const rows = rowsOf(tx);
  await rows.change(Reservation, reservation, { state: ending, updatedAt: now });
  const lines = await rows.find(ReservationLine, { reservationId: reservation.id });
  const stock = await lockStock(tx, [...new Set(lines.map(({ variantId }) => variantId))]);
  const changes = stock.map((item) => {
    const line = lines.find((l) => l.variantId === item.variantId && l.locationId === item.locationId);
    const quantity = line?.quantity ?? 0;
    return { item, onHand: ending === 'COMMITTED' ? -quantity : 0, reserved: -quantity };
  });
  const cause: MovementCause =
    ending === 'COMMITTED' ? { reason: ending, reservationId: reservation.id } : null;
  await changeStock(tx, actor, stock, changes, cause);

  const occurrence = {
    id: actor.newId(),
    aggregateId: reservation.id,
    requestId: actor.call.requestId,
    occurredAt: now,
  };
  recordEvent(tx, eventOf[ending], occurrence, describeReservation(reservation, lines));
}

import { type EntityManager, rowsOf, writtenOut } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import type { Actor } from '../actor.ts';
import { reservationCommitted, reservationExpired, reservationReleased } from '../events.ts';
import { changeStock, type MovementCause } from '../stock/change-stock.ts';
import { lockStockOf } from '../stock/lock-stock.ts';
import { describeReservation } from './describe-reservation.ts';
import { Reservation } from './reservation.entity.ts';

const eventOf = {
  COMMITTED: reservationCommitted,
  RELEASED: reservationReleased,
  EXPIRED: reservationExpired,
};

/**
 * Ends a reservation that is HELD: what it set aside is no longer reserved, and when it is committed no longer on hand either.
 * It locks the reservation before any stock.
 * @returns false when it is not HELD, or is not there
 */
export async function endReservation(
  tx: EntityManager,
  actor: Actor,
  id: string,
  ending: keyof typeof eventOf,
): Promise<boolean> {
  const now = actor.clock.now();
  const ended = { state: ending, updatedAt: now };
  const reservation = await rowsOf(tx).changeIf(Reservation, { id, state: writtenOut('HELD') }, ended);
  if (reservation === null) return false;
  const stock = await lockStockOf(tx, id);
  const lines = stock.filter(({ quantity }) => quantity > 0);
  const changes = lines.map((item) => ({
    item,
    onHand: ending === 'COMMITTED' ? -item.quantity : 0,
    reserved: -item.quantity,
  }));
  const cause: MovementCause = ending === 'COMMITTED' ? { reason: ending, reservationId: id } : null;
  await changeStock(tx, actor, stock, changes, cause);

  const occurrence = {
    id: actor.newId(),
    aggregateId: id,
    requestId: actor.call.requestId,
    occurredAt: now,
  };
  recordEvent(tx, eventOf[ending], occurrence, describeReservation(reservation, lines));
  return true;
}

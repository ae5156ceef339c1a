import { type EntityManager, rowsOf } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { lockStock } from '../stock/lock-stock.ts';
import { dueLines } from './due-lines.ts';
import { endReservation } from './end-reservation.ts';
import { Reservation } from './reservation.entity.ts';
import { ReservationLine } from './reservation-line.entity.ts';

/**
 * Ends the reservations whose time has run out and that keep some of these variants, so that their stock can be had
 * by the given transaction. It locks those reservations, then the stock of all that they keep; call it before any
 * other stock is locked.
 */
export async function expireDue(
  tx: EntityManager,
  actor: Actor,
  variantIds: readonly string[],
): Promise<void> {
  const due = await findDue(tx, variantIds, actor.clock.now());
  if (due.length === 0) return;
  const rows = rowsOf(tx);
  const reservations = await rows.find(
    Reservation,
    { id: due, state: 'HELD' },
    { lock: true, orderBy: { id: 'asc' } },
  );
  const lines = await rows.find(ReservationLine, { reservationId: due });
  // At once, since rows are locked in one order within a statement, not from one statement to the next.
  await lockStock(tx, [...new Set([...variantIds, ...lines.map(({ variantId }) => variantId)])]);
  for (const { id } of reservations) await endReservation(tx, actor, id, 'EXPIRED');
}

/** The reservations whose time has run out and that keep some of these variants. */
export async function findDue(
  em: EntityManager,
  variantIds: readonly string[],
  now: Date,
): Promise<readonly string[]> {
  // Without `distinct`, for which SQLite would read all reservations in the order of their ids.
  const found = await rowsOf(em).all(
    `select reservation.id from ${dueLines} and reservation_line.variant_id = any(?)`,
    [now, variantIds],
  );
  return [...new Set(found.map(({ id }) => String(id)))];
}

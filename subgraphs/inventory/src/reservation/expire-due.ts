import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { lockStock } from '../stock/lock-stock.ts';
import { transactionOf } from '../transaction-of.ts';
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
  const reservations = await tx.find(
    Reservation,
    { id: { $in: due }, state: 'HELD' },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  const lines = await tx.find(ReservationLine, { reservationId: { $in: due } });
  // At once, since rows are locked in one order within a statement, not from one statement to the next.
  await lockStock(tx, [...new Set([...variantIds, ...lines.map(({ variantId }) => variantId)])]);
  for (const reservation of reservations) await endReservation(tx, actor, reservation, 'EXPIRED');
}

async function findDue(
  tx: EntityManager,
  variantIds: readonly string[],
  now: Date,
): Promise<readonly string[]> {
  const rows: readonly { id: string }[] = await dueLines(transactionOf(tx), now)
    .whereIn('reservation_line.variant_id', [...variantIds])
    .distinct('reservation.id');
  return rows.map(({ id }) => id);
}

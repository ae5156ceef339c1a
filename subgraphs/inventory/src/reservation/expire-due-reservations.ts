import { inTransaction, rowsOf } from '@stoa/database';
import type { Context } from '../context.ts';
import { endReservation } from './end-reservation.ts';
import { Reservation } from './reservation.entity.ts';

const batchSize = 50;

/**
 * Ends reservations whose time has run out, so that no one outlives its limit by more than a pause of the worker. Several
 * processes may do this at once: each reservation is ended in a transaction of its own that holds its lock.
 * @returns true when there may be more
 */
export async function expireDueReservations(context: Context): Promise<boolean> {
  const { em, clock } = context;
  const due = await rowsOf(em).all(
    // Written out, as the partial index on those that are held is found by the text.
    `select id from reservation where state = 'HELD' and expires_at <= ? order by expires_at limit ?`,
    [clock.now(), batchSize],
  );
  for (const { id } of due) await expire(context, String(id));
  return due.length === batchSize;
}

async function expire(context: Context, id: string): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    const reservation = await rowsOf(tx).findOne(Reservation, { id, state: 'HELD' }, { lock: true });
    if (reservation !== null) await endReservation(tx, context, reservation, 'EXPIRED');
  });
}

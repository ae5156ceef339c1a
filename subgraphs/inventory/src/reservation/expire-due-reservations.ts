import { inTransaction, rowsOf } from '@stoa/database';
import type { Context } from '../context.ts';
import { endReservation } from './end-reservation.ts';

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
  for (const { id } of due)
    await inTransaction(em, (tx) => endReservation(tx, context, String(id), 'EXPIRED'));
  return due.length === batchSize;
}

import { LockMode } from '@mikro-orm/core';
import { inTransaction, writeTime } from '@stoa/database';
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
  const due: readonly { id: string }[] = await em
    .getKnex()('reservation')
    // Written out, as the partial index on those that are held is found by the text.
    .whereRaw("state = 'HELD'")
    .where('expires_at', '<=', writeTime(em, clock.now()))
    .orderBy('expires_at')
    .limit(batchSize)
    .select('id');
  for (const { id } of due) await expire(context, id);
  return due.length === batchSize;
}

async function expire(context: Context, id: string): Promise<void> {
  await inTransaction(context.em, async (tx) => {
    const reservation = await tx.findOne(
      Reservation,
      { id, state: 'HELD' },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (reservation !== null) await endReservation(tx, context, reservation, 'EXPIRED');
  });
}

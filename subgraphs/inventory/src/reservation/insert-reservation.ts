import { type EntityManager, rowsOf } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { Reservation } from './reservation.entity.ts';

/**
 * Records a reservation unless its id is taken. Of several calls with one id the first to come gets true; the others
 * wait until its transaction ends, and get false when it was committed.
 */
export async function insertReservation(
  tx: EntityManager,
  { clock }: Actor,
  { id, orderId, state, expiresAt }: Pick<Reservation, 'id' | 'orderId' | 'state' | 'expiresAt'>,
): Promise<boolean> {
  const now = clock.now();
  const reservation = { id, orderId, state, expiresAt, createdAt: now, updatedAt: now };
  return rowsOf(tx).insertNew(Reservation, reservation, ['id']);
}

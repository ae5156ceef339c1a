import type { EntityManager } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { transactionOf } from '../transaction-of.ts';
import type { Reservation } from './reservation.entity.ts';

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
  const inserted: unknown[] = await transactionOf(tx)('reservation')
    .insert({ id, order_id: orderId, state, expires_at: expiresAt, created_at: now, updated_at: now })
    .onConflict('id')
    .ignore()
    .returning('id');
  return inserted.length === 1;
}

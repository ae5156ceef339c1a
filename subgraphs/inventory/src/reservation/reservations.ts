import { type EntityManager, type Loader, loadMany, loadOne, readInteger, readTime } from '@stoa/database';
import type { ReservationState } from './reservation-state.ts';

/** A reservation as it is shown. */
export interface ReservationRow {
  readonly id: string;
  readonly orderId: string | null;
  readonly state: ReservationState;
  readonly expiresAt: Date | null;
  readonly createdAt: Date;
}

/** What a reservation sets aside of one variant at one location. */
export interface ReservationLineRow {
  readonly reservationId: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly quantity: number;
}

/** Reservations by id. */
export function reservationLoader(em: EntityManager): Loader<string, ReservationRow | null> {
  return loadOne(
    async (ids) => {
      const rows: readonly Record<string, unknown>[] = await em
        .getKnex()('reservation')
        .whereIn('id', [...ids])
        .select('id', 'order_id', 'state', 'expires_at', 'created_at');
      return rows.map((row) => ({
        id: String(row.id),
        orderId: row.order_id === null ? null : String(row.order_id),
        state: row.state as ReservationState,
        expiresAt: row.expires_at === null ? null : readTime(row.expires_at),
        createdAt: readTime(row.created_at),
      }));
    },
    ({ id }) => id,
  );
}

/** The lines of reservations, by variant and location. */
export function reservationLineLoader(em: EntityManager): Loader<string, readonly ReservationLineRow[]> {
  return loadMany(
    async (ids) => {
      const rows: readonly Record<string, unknown>[] = await em
        .getKnex()('reservation_line')
        .whereIn('reservation_id', [...ids])
        .orderBy(['reservation_id', 'variant_id', 'location_id'])
        .select('reservation_id', 'variant_id', 'location_id', 'quantity');
      return rows.map((row) => ({
        reservationId: String(row.reservation_id),
        variantId: String(row.variant_id),
        locationId: String(row.location_id),
        quantity: readInteger(row.quantity),
      }));
    },
    ({ reservationId }) => reservationId,
  );
}

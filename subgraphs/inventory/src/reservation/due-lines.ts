import type { Knex } from '@stoa/database';

/** The lines of reservations that are HELD past their time; to be narrowed, and its columns chosen. */
export function dueLines(knex: Knex, now: Date): Knex.QueryBuilder {
  return (
    knex('reservation')
      // Crossed, since SQLite joins in the order written: from the few that are due to their lines.
      .joinRaw('cross join reservation_line')
      .whereRaw('reservation_line.reservation_id = reservation.id')
      // Written out, as the partial index on those that are held is found by the text.
      .whereRaw("reservation.state = 'HELD'")
      .where('reservation.expires_at', '<=', now)
  );
}

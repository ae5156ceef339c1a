/**
 * The lines of reservations that are HELD past a time, its one value: what stands behind `from`, to be narrowed by `and`.
 *
 * Crossed, since SQLite joins in the order written: from the few that are due to their lines. The state is written
 * out, as the partial index on those that are held is found by the text.
 */
export const dueLines = `reservation cross join reservation_line
  where reservation_line.reservation_id = reservation.id and reservation.state = 'HELD' and reservation.expires_at <= ?`;

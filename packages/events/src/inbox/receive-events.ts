import type { Clock } from '@stoa/clock';
import { type Database, type Knex, writeTime } from '@stoa/database';
import type { EventMessage } from '../event-message.ts';

/** Rows an insert takes; ten columns of them stay far below SQLite's 32,766 variables. */
const rowsAtOnce = 500;

/** Puts events into the inbox of a consumer, in order. One that is there already, handled or not, is passed over. */
export async function receiveEvents(
  database: Database,
  clock: Clock,
  consumer: string,
  events: readonly EventMessage[],
): Promise<void> {
  const knex: Knex = database.em.getConnection().getKnex();
  const now = writeTime(database.em, clock.now());
  const rows = events.map((event) => ({
    consumer,
    event_id: event.id,
    type: event.type,
    aggregate_id: event.aggregateId,
    request_id: event.requestId,
    occurred_at: writeTime(database.em, event.occurredAt),
    payload: JSON.stringify(event.payload ?? null),
    received_at: now,
    due_at: now,
  }));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await knex('inbox')
      .insert(rows.slice(start, start + rowsAtOnce))
      .onConflict(['consumer', 'event_id'])
      .ignore();
  }
}

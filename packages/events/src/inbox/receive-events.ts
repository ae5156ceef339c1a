import type { Clock } from '@stoa/clock';
import { type Database, rowsOf } from '@stoa/database';
import type { EventMessage } from '../event-message.ts';

/** Rows an insert takes; nine columns of them stay far below SQLite's 32,766 variables. */
const rowsAtOnce = 500;

/** Puts events into the inbox of a consumer, in order. One that is there already, handled or not, is passed over. */
export async function receiveEvents(
  { em }: Database,
  clock: Clock,
  consumer: string,
  events: readonly EventMessage[],
): Promise<void> {
  const now = clock.now();
  for (let start = 0; start < events.length; start += rowsAtOnce) {
    const some = events.slice(start, start + rowsAtOnce);
    const values = some.flatMap(({ id, type, aggregateId, requestId, occurredAt, payload }) => [
      consumer,
      id,
      type,
      aggregateId,
      requestId,
      occurredAt,
      JSON.stringify(payload ?? null),
      now,
      now,
    ]);
    await rowsOf(em).run(insertOf(some.length), values);
  }
}

function insertOf(count: number): string {
  return `insert into inbox
    (consumer, event_id, type, aggregate_id, request_id, occurred_at, payload, received_at, due_at)
    values ${Array(count).fill('(?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')}
    on conflict (consumer, event_id) do nothing`;
}

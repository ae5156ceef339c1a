import { type Database, inTransaction, readInteger, readTime, rowsOf } from '@stoa/database';
import type { EventMessage } from '../event-message.ts';

/** How many events a pass looks at. */
export const windowSize = 100;

/** An event of the inbox that is not handled yet. */
export interface WaitingEvent extends EventMessage {
  readonly position: number;
  /** How often it has failed. */
  readonly attempts: number;
}

/*
 * PostgreSQL's statistics of a table that fills and empties are wrong most of the time, and then it would read and sort
 * all that waits for each hundred. The indexes are in the order that is asked for.
 */
const alongTheIndexes = `select ${['sort', 'bitmapscan', 'material', 'hashjoin', 'mergejoin']
  .map((way) => `set_config('enable_${way}', 'off', true)`)
  .join(', ')}`;

const next = `select event.* from inbox event
  where event.consumer = ? and event.due_at is not null and not exists (
    select 1 from inbox earlier
    where earlier.consumer = event.consumer and earlier.aggregate_id = event.aggregate_id and earlier.due_at > ?
  ) order by event.position limit ?`;

/**
 * The next events to handle, by aggregate, each list from its oldest on. An aggregate whose oldest event has failed and
 * waits for its next attempt is left out, so that none is handled before an earlier one.
 */
export async function waitingEvents(
  { em }: Database,
  consumer: string,
  now: Date,
): Promise<readonly (readonly WaitingEvent[])[]> {
  const values = [consumer, now, windowSize];
  const rows = rowsOf(em).isPostgreSql
    ? await inTransaction(em, async (tx) => {
        await rowsOf(tx).all(alongTheIndexes);
        return rowsOf(tx).all(next, values);
      })
    : await rowsOf(em).all(next, values);
  const byAggregate = new Map<string, WaitingEvent[]>();
  for (const row of rows) {
    const event = readRow(row);
    const others = byAggregate.get(event.aggregateId);
    if (others === undefined) byAggregate.set(event.aggregateId, [event]);
    else others.push(event);
  }
  return [...byAggregate.values()];
}

function readRow(row: Record<string, unknown>): WaitingEvent {
  return {
    position: readInteger(row['position']),
    id: String(row['event_id']),
    type: String(row['type']),
    aggregateId: String(row['aggregate_id']),
    requestId: String(row['request_id']),
    occurredAt: readTime(row['occurred_at']),
    payload: JSON.parse(String(row['payload'])),
    attempts: readInteger(row['attempts']),
  };
}

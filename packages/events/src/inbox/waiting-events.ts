import { type Database, type Knex, readInteger, readTime, writeTime } from '@stoa/database';
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

/**
 * The next events to handle, by aggregate, each list from its oldest on. An aggregate whose oldest event has failed and
 * waits for its next attempt is left out, so that none is handled before an earlier one.
 */
export async function waitingEvents(
  database: Database,
  consumer: string,
  now: Date,
): Promise<readonly (readonly WaitingEvent[])[]> {
  const knex: Knex = database.em.getConnection().getKnex();
  const read = (connection: Knex): Knex.QueryBuilder =>
    connection('inbox as event')
      .select('*')
      .where('consumer', consumer)
      .whereNotNull('due_at')
      .whereNotExists(
        connection('inbox as earlier')
          .select(connection.raw('1'))
          .where('earlier.consumer', consumer)
          .where('earlier.aggregate_id', connection.ref('event.aggregate_id'))
          .where('earlier.due_at', '>', writeTime(database.em, now)),
      )
      .orderBy('position')
      .limit(windowSize);
  const rows: readonly Record<string, unknown>[] =
    knex.client.dialect === 'postgresql'
      ? await knex.transaction(async (transaction) => {
          await transaction.raw(alongTheIndexes);
          return read(transaction);
        })
      : await read(knex);
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

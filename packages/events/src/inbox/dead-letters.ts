import { type Database, type Knex, readInteger, readTime, writeTime } from '@stoa/database';
import type { EventMessage } from '../event-message.ts';

/** An event that a consumer could not handle and that was set aside. */
export interface DeadLetter extends EventMessage {
  readonly consumer: string;
  readonly attempts: number;
  readonly deadAt: Date;
  /** What the last attempt met. */
  readonly error: string;
}

export interface DeadLetterChoice {
  /** The id of an event; all when left out. */
  readonly id?: string;
  /** The name of a consumer; all when left out. */
  readonly consumer?: string;
}

/** The dead letters of a subgraph, those set aside first coming first. */
export async function deadLetters(
  database: Database,
  choice: DeadLetterChoice,
  limit: number,
): Promise<DeadLetter[]> {
  const rows: readonly Record<string, unknown>[] = await chosen(database, choice)
    .select('*')
    .orderBy([{ column: 'dead_at' }, { column: 'position' }])
    .limit(limit);
  return rows.map((row) => ({
    id: String(row['event_id']),
    type: String(row['type']),
    aggregateId: String(row['aggregate_id']),
    requestId: String(row['request_id']),
    occurredAt: readTime(row['occurred_at']),
    payload: JSON.parse(String(row['payload'])),
    consumer: String(row['consumer']),
    attempts: readInteger(row['attempts']),
    deadAt: readTime(row['dead_at']),
    error: String(row['error']),
  }));
}

/**
 * Has dead letters tried again, from their first attempt on, by whichever process of the subgraph runs. What has been
 * handled is not handled twice, however often it is replayed.
 * @returns how many
 */
export function replayDeadLetters(database: Database, choice: DeadLetterChoice, now: Date): Promise<number> {
  return chosen(database, choice).update({
    dead_at: null,
    due_at: writeTime(database.em, now),
    attempts: 0,
    error: null,
  });
}

function chosen(database: Database, { id, consumer }: DeadLetterChoice): Knex.QueryBuilder {
  const knex: Knex = database.em.getConnection().getKnex();
  const dead = knex('inbox').whereNotNull('dead_at');
  if (id !== undefined) dead.where('event_id', id);
  if (consumer !== undefined) dead.where('consumer', consumer);
  return dead;
}

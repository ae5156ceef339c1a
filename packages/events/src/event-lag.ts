import { type Database, type Knex, readInteger, readTime } from '@stoa/database';

/** How much waits, and since when. */
export interface Waiting {
  readonly count: number;
  /** When the oldest was recorded or received; null when nothing waits. */
  readonly since: Date | null;
}

/** How far a subgraph's events are behind. */
export interface EventLag {
  /** Recorded and not published yet. */
  readonly outbox: Waiting;
  /** By consumer: what waits in the inbox. `retrying` of it have failed, `dead` are set aside beside it. */
  readonly consumers: ReadonlyMap<string, Waiting & { readonly retrying: number; readonly dead: number }>;
}

/** Reads how far a subgraph is behind; null when it has no tables of events. */
export async function eventLag(database: Database): Promise<EventLag | null> {
  const knex: Knex = database.em.getConnection().getKnex();
  if (!(await knex.schema.hasTable('inbox'))) return null;
  const [outbox] = await knex('outbox').select({
    count: knex.raw('count(*)'),
    since: knex.raw('min(occurred_at)'),
  });
  const rows: readonly Record<string, unknown>[] = await knex('inbox')
    .select({
      consumer: 'consumer',
      count: knex.raw('count(due_at)'),
      since: knex.raw('min(case when due_at is not null then received_at end)'),
      retrying: knex.raw('count(case when due_at is not null and attempts > 0 then 1 end)'),
      dead: knex.raw('count(dead_at)'),
    })
    .whereNotNull('due_at')
    .orWhereNotNull('dead_at')
    .groupBy('consumer')
    .orderBy('consumer');
  return {
    outbox: waitingOf(outbox),
    consumers: new Map(
      rows.map((row) => [
        String(row['consumer']),
        {
          ...waitingOf(row),
          retrying: readInteger(row['retrying']),
          dead: readInteger(row['dead']),
        },
      ]),
    ),
  };
}

function waitingOf(row: Record<string, unknown>): Waiting {
  return {
    count: readInteger(row['count']),
    since: row['since'] === null ? null : readTime(row['since']),
  };
}

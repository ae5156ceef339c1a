import { type EntityManager, readInteger, readJson, readTime, rowsOf } from '@stoa/database';
import type { EventMessage } from '../event-message.ts';

/** Of how many events at the head of the outbox a relay chooses, so that the cost of choosing has a bound. */
const windowSize = 2_000;
/** How many aggregates a relay takes at most, so that it leaves some to another. With fewer, it has taken all there is. */
export const aggregatesAtOnce = 250;

/** An event of the outbox, and its place there. */
export interface OutboxRow {
  readonly position: number;
  readonly event: EventMessage;
}

/**
 * The next events to publish, oldest first. On PostgreSQL it locks the oldest event of each aggregate that it takes
 * until the transaction ends, and passes over those whose oldest is locked: all of an aggregate's events go through one
 * relay at a time. SQLite has one process and needs no lock.
 */
export async function takeEvents(tx: EntityManager, limit: number): Promise<OutboxRow[]> {
  const rows = rowsOf(tx);
  const taken = rows.isPostgreSql
    ? await rows.all(takeLocking, [windowSize, aggregatesAtOnce, limit])
    : await rows.all('select * from outbox order by position limit ?', [limit]);
  return taken.map((row) => ({
    position: readInteger(row['position']),
    event: {
      id: String(row['id']),
      type: String(row['type']),
      aggregateId: String(row['aggregate_id']),
      requestId: String(row['request_id']),
      occurredAt: readTime(row['occurred_at']),
      payload: readJson(row['payload']),
    },
  }));
}

/*
 * All of it sees one snapshot. An aggregate whose oldest event another relay has published and deleted since is passed
 * over, as its row cannot be locked any more; so what is taken of an aggregate always begins with its oldest.
 */
const takeLocking = `
with pending as materialized (
  select position, aggregate_id from outbox order by position limit ?
), oldest as (
  select min(position) as position from pending group by aggregate_id
), taken as materialized (
  select aggregate_id from outbox where position in (select position from oldest)
  order by position limit ? for update skip locked
)
select * from outbox
where position in (
  select position from pending where aggregate_id in (select aggregate_id from taken) order by position limit ?
)
order by position`;

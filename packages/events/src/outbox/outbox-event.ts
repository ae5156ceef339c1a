import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { afterCommit, beforeCommit, type EntityManager, rowsOf } from '@stoa/database';
import type { EventDefinition } from '../define-event.ts';
import { tellOfCommittedEvents } from './on-events-committed.ts';

/**
 * An event that has happened and waits to be relayed to the broker. The table also has `position`, which the database
 * counts up: the order in which events were written is that in which they leave.
 */
export const OutboxEvent = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox',
  properties: {
    id: p.string().length(36).primary(),
    type: p.string(),
    /** The id of what the event happened to; order is kept per aggregate. */
    aggregateId: p.string(),
    payload: p.json<unknown>(),
    requestId: p.string(),
    occurredAt: p.datetime(3),
  },
});

export type OutboxEvent = InferEntity<typeof OutboxEvent>;

export interface Occurrence {
  readonly id: string;
  readonly aggregateId: string;
  readonly requestId: string;
  readonly occurredAt: Date;
}

const recorded = new WeakMap<EntityManager, OutboxEvent[]>();

/** Rows an insert takes; six columns of them stay far below SQLite's 32,766 variables. */
const rowsAtOnce = 500;

/**
 * Adds an event to a transaction, so that it is committed with the change it tells of or not at all. Two changes of
 * one aggregate leave in order when the second saw the first, as a version column or a lock sees to.
 * @param tx of `inTransaction`
 * @throws {ZodError} when the payload has not the event's form
 */
export function recordEvent<Payload>(
  tx: EntityManager,
  definition: EventDefinition<Payload>,
  occurrence: Occurrence,
  payload: Payload,
): void {
  const event = { ...occurrence, type: definition.type, payload: definition.payload.parse(payload) };
  const others = recorded.get(tx);
  if (others !== undefined) {
    others.push(event);
    return;
  }
  const events = [event];
  recorded.set(tx, events);
  beforeCommit(tx, () => insert(tx, events));
  afterCommit(tx, () => tellOfCommittedEvents(tx));
}

async function insert(tx: EntityManager, events: readonly OutboxEvent[]): Promise<void> {
  for (let start = 0; start < events.length; start += rowsAtOnce)
    await rowsOf(tx).insert(OutboxEvent, ...events.slice(start, start + rowsAtOnce));
}

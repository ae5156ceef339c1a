import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { defineMigration, type EntityManager, timeColumn } from '@stoa/database';
import type { EventDefinition } from './define-event.ts';

/** An event that has happened and waits to be relayed to the broker. */
export const OutboxEvent = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox',
  properties: {
    /** Time-ordered, so that the events of one aggregate leave in the order in which they happened. */
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

/** The outbox's table, listed by each subgraph among its migrations. */
export const outboxMigration = defineMigration('000-outbox', (schema) =>
  schema.createTable('outbox', (table) => {
    table.string('id', 36).primary();
    table.string('type').notNullable();
    table.string('aggregate_id').notNullable();
    table.json('payload').notNullable();
    table.string('request_id').notNullable();
    timeColumn(table, 'occurred_at').notNullable();
  }),
);

export interface Occurrence {
  readonly id: string;
  readonly aggregateId: string;
  readonly requestId: string;
  readonly occurredAt: Date;
}

/**
 * Adds an event to the unit of work, so that it is committed with the change it tells of or not at all.
 * @throws {ZodError} when the payload has not the event's form
 */
export function recordEvent<Payload>(
  em: EntityManager,
  definition: EventDefinition<Payload>,
  occurrence: Occurrence,
  payload: Payload,
): void {
  em.persist(
    em.create(OutboxEvent, {
      ...occurrence,
      type: definition.type,
      payload: definition.payload.parse(payload),
    }),
  );
}

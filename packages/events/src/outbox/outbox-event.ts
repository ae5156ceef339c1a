import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import type { EventDefinition } from '../define-event.ts';

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

/**
 * Adds an event to the unit of work, so that it is committed with the change it tells of or not at all. Two changes of
 * one aggregate leave in order when the second saw the first, as a version column or a lock sees to.
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

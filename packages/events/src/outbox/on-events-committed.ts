import type { Database, EntityManager } from '@stoa/database';

/** By the connection that all entity managers of a database share. */
const listeners = new WeakMap<object, Set<() => void>>();

/**
 * Calls back when a transaction of this process has committed events, so that the relay need not wait for its next
 * round.
 */
export function onEventsCommitted({ em }: Database, callback: () => void): void {
  const connection = em.getConnection();
  const others = listeners.get(connection) ?? new Set();
  listeners.set(connection, others.add(callback));
}

/** Calls those back who wait for events of the database. */
export function tellOfCommittedEvents(em: EntityManager): void {
  for (const callback of listeners.get(em.getConnection()) ?? []) callback();
}

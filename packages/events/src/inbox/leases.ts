import type { Clock } from '@stoa/clock';
import { type Database, gathered } from '@stoa/database';
import { eventStates } from './event-states.ts';
import type { WaitingEvent } from './waiting-events.ts';

/** Takes events for an attempt and marks them: by one statement those that are asked for at one moment, or while another is under way. */
export interface Leases {
  /** False when the event is handled already or in the hands of another instance. */
  take(event: WaitingEvent): Promise<boolean>;
  markHandled(event: WaitingEvent): Promise<void>;
}

/**
 * Those of one pass: an event is asked for once.
 * @param leaseMs how long nobody else takes an event
 */
export function leasesOf({ em }: Database, clock: Clock, leaseMs: number): Leases {
  /** What was leased last. */
  let lastUntil = new Date(0);
  const taken = gathered<string, number>(async (positions) => {
    const now = clock.now();
    lastUntil = new Date(now.getTime() + leaseMs);
    return eventStates.leaseAll(em, positions.map(Number), now, lastUntil);
  }, String).one();
  const marked = gathered<string, never>(async (positions) => {
    await eventStates.handleAll(em, positions.map(Number), lastUntil, clock.now());
    return [];
  }, String).one();
  return {
    take: async ({ position }) => (await taken.load(String(position))) !== null,
    async markHandled({ position }) {
      await marked.load(String(position));
    },
  };
}

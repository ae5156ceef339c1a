import { Failure } from '@stoa/errors';
import type { EventMessage } from '../event-message.ts';

/** Carries events from those who publish to those who subscribe, at least once each, in order per aggregate. */
export interface Broker {
  /**
   * Resolves when every group that subscribes to one of the events has it safe.
   * @throws {Failure} unavailable, with the code BROKER_UNAVAILABLE, when it is not known to be safe: publish all again
   */
  publish(events: readonly EventMessage[]): Promise<void>;
  /** Begins to receive. A group gets what is published from its first subscription on, also while it has no member. */
  subscribe(subscription: Subscription): Promise<Subscribed>;
  /** Begins to hear, beside all others that listen and all groups: each that listens hears every event. */
  listen(listening: Listening): Promise<Subscribed>;
  /** Lets go of the connection, once what was subscribed has stopped. May be called twice. */
  close(): Promise<void>;
}

export interface Subscription {
  /** Each event goes to one member of a group: `orders.confirm-by-mail`. */
  readonly group: string;
  readonly types: readonly string[];
  /**
   * Takes events, in order, into safe keeping. They are taken from the broker once it resolves; when it rejects, it is
   * given them again later. It is not called again while it runs.
   */
  readonly receive: (events: readonly EventMessage[]) => Promise<void>;
}

/**
 * Somebody who wants to know what happens while it runs, as a subscription of a client does. Nothing is kept for it, and
 * what is published twice is heard twice.
 */
export interface Listening {
  readonly types: readonly string[];
  readonly hear: (event: EventMessage) => void;
  /** Told when events may have been missed, as when the broker was away. */
  readonly missed: () => void;
}

export interface Subscribed {
  /** Lets `receive` end; what it had not taken goes to another member of the group, or waits. May be called twice. */
  stop(): Promise<void>;
}

/** The code of the failure of `publish`. */
export const brokerUnavailable = 'BROKER_UNAVAILABLE';

/** @param why what was met, for people */
export function unavailable(why: string, cause?: unknown): Failure {
  return new Failure('unavailable', why, { code: brokerUnavailable, cause });
}

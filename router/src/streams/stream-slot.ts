import type { OpenEvents } from '../engine/operation/compiled-operation.ts';

/**
 * Where the gateway leaves an answer that comes in parts. ApolloServer parses and validates the operation, knows trusted
 * documents and counts use, as it does for every operation, but takes one answer: of an operation with a slot in its
 * context it is given an empty one, and who made the slot looks into it.
 */
export interface StreamSlot {
  readonly takes: {
    readonly subscriptions: boolean;
    /** Mutations have no business in a request that a page can be made to send (GET). */
    readonly mutations: boolean;
  };
  opened: OpenedStream | null;
}

export interface OpenedStream {
  readonly open: OpenEvents;
  /** Ends it, with its reason, when the schema that it runs on is no longer served. */
  readonly until: AbortSignal;
}

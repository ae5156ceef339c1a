import type { Answer } from '../engine/operation/answers.ts';
import type { AnswerPart } from '../engine/operation/compiled-operation.ts';

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
    /** Fragments with @defer, later than the rest. */
    readonly deferred: boolean;
  };
  opened: OpenedEvents | OpenedParts | null;
}

/** An answer whose deferred parts come later. */
export interface OpenedParts {
  readonly parts: AsyncIterable<AnswerPart>;
}

/** Answers to a subscription. */
export interface OpenedEvents {
  /** @param ended told when nobody listens any more */
  readonly open: (ended: AbortSignal) => AsyncIterable<Answer>;
  /** Ends it, with its reason, when the schema that it runs on is no longer served. */
  readonly until: AbortSignal;
}

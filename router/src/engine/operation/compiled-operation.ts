import type { GraphQLError, OperationTypeNode } from 'graphql';
import type { AskSubgraph, JsonObject, SubscribeToSubgraph } from '../subgraph-request.ts';
import type { Answer } from './answers.ts';

/** An operation that was planned and compiled, and runs as often as it is asked for. */
export type CompiledOperation = SingleAnswerOperation | SubscriptionOperation;

export interface SingleAnswerOperation {
  readonly kind: `${OperationTypeNode.QUERY | OperationTypeNode.MUTATION}`;
  /**
   * Answers all at once, also what could have come later.
   * @param asBytes whether the data is to be written as JSON, where nothing is wrong with it
   */
  execute(variables: JsonObject, ask: AskSubgraph, asBytes?: boolean): Promise<Answer>;
  /**
   * Answers the fragments with @defer later than the rest.
   * @returns null when none is, with these variables
   */
  executeInParts(variables: JsonObject): OpenParts | null;
}

/** Begins to answer, when the first part is asked for. */
export type OpenParts = (ask: AskSubgraph) => AsyncIterable<AnswerPart>;

/** The first part of an answer, and those that follow it. */
export type AnswerPart = FirstPart | LaterParts;

export interface FirstPart extends Answer {
  readonly hasNext: boolean;
}

export interface LaterParts {
  readonly incremental: readonly LaterPart[];
  readonly hasNext: boolean;
}

/** What a deferred fragment shows of one object. */
export interface LaterPart {
  /** Where the object is. */
  readonly path: readonly (string | number)[];
  /** Null when nothing of it may be shown. */
  readonly data: JsonObject | null;
  readonly label?: string;
  readonly errors?: readonly GraphQLError[];
}

export interface SubscriptionOperation {
  readonly kind: `${OperationTypeNode.SUBSCRIPTION}`;
  /**
   * Opens the subscription. Its stream ends as that of the subgraph does, and fails with a GraphQLError when that was
   * lost. Events are answered one after the other.
   * @returns an answer alone when the variables do not fit
   */
  subscribe(variables: JsonObject): Answer | OpenEvents;
}

/** How a subscription is answered. */
export interface EventSources {
  readonly ask: AskSubgraph;
  readonly subscribe: SubscribeToSubgraph;
}

/** Answers, one an event, until nobody listens any more. */
export type OpenEvents = (sources: EventSources, ended: AbortSignal) => AsyncIterable<Answer>;

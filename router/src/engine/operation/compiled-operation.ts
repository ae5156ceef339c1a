import type { OperationTypeNode } from 'graphql';
import type { AskSubgraph, JsonObject, SubscribeToSubgraph } from '../subgraph-request.ts';
import type { Answer } from './answers.ts';

/** An operation that was planned and compiled, and runs as often as it is asked for. */
export type CompiledOperation = SingleAnswerOperation | SubscriptionOperation;

export interface SingleAnswerOperation {
  readonly kind: `${OperationTypeNode.QUERY | OperationTypeNode.MUTATION}`;
  execute(variables: JsonObject, ask: AskSubgraph): Promise<Answer>;
}

export interface SubscriptionOperation {
  readonly kind: `${OperationTypeNode.SUBSCRIPTION}`;
  /**
   * Opens the subscription. Its stream ends as that of the subgraph does, and fails with a GraphQLError when that was
   * lost. Events are answered one after the other.
   * @returns an answer alone when the variables do not fit
   */
  subscribe(variables: JsonObject, sources: EventSources): Answer | OpenEvents;
}

/** How a subscription is answered. */
export interface EventSources {
  readonly ask: AskSubgraph;
  readonly subscribe: SubscribeToSubgraph;
}

/** Answers, one an event, until nobody listens any more. */
export type OpenEvents = (ended: AbortSignal) => AsyncIterable<Answer>;

/** A JSON object, as subgraphs answer them. */
export type JsonObject = Record<string, unknown>;

/** An error as GraphQL writes it. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * On an answer whose JSON had no escape anywhere: then no text in it needs one either. It is no name that an answer could
 * bring along.
 */
export const unescaped = Symbol('without escapes');

/** A subgraph's answer, in GraphQL's form. */
export interface SubgraphAnswer {
  readonly [unescaped]?: true;
  readonly data?: JsonObject | null;
  readonly errors?: readonly SubgraphError[];
}

/** One operation for one subgraph. */
export interface SubgraphRequest {
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: JsonObject;
  /** The same for operations that ask one subgraph the same, but for the variables: they may differ in their names alone. */
  readonly sameAs: string;
}

/**
 * Asks a subgraph. What it answers belongs to whoever asked: it may be changed.
 * @throws anything, when there is no answer in GraphQL's form
 */
export type AskSubgraph = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

/**
 * Opens a subscription at a subgraph. What it answers belongs to whoever asked.
 * @param ended told when nobody listens any more: the stream has to end then
 * @throws anything, when the stream did not come to its own end
 */
export type SubscribeToSubgraph = (
  request: SubgraphRequest,
  ended: AbortSignal,
) => AsyncIterable<SubgraphAnswer>;

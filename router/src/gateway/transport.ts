import type { SubgraphAnswer } from '../engine/subgraph-request.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** What is not part of the operation. */
export interface SendOptions {
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Whether the operation changes nothing, so that it may be sent again. False unless told. */
  readonly isQuery?: boolean;
  /** The request's variables as JSON, where they were written already. */
  readonly variablesJson?: string;
}

/** A way to one subgraph. */
export interface SubgraphTransport {
  /**
   * Asks the subgraph. What it answers belongs to whoever asked: it may be changed.
   * @throws anything, when the subgraph did not answer in GraphQL's form
   */
  send(
    request: SubgraphRequest,
    signedContext: string,
    requestId: string,
    options?: SendOptions,
  ): Promise<SubgraphAnswer>;
  /** Lets go of what it holds, such as connections, when no request is under way. */
  close?(): Promise<void>;
}

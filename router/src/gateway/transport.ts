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
  /** Writes the request's variables as JSON, once for all who need it; left out, a transport does so itself. */
  readonly variablesJson?: () => string;
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
  /**
   * Opens a subscription; absent where there is no way to any. It throws when the stream did not come to its own end.
   * @param ended told when nobody listens any more: the stream has to end then
   */
  subscribe?(
    request: SubgraphRequest,
    signedContext: string,
    requestId: string,
    ended: AbortSignal,
  ): AsyncIterable<SubgraphAnswer>;
  /** Lets go of what it holds, such as connections, when no request is under way and no stream is open. */
  close?(): Promise<void>;
}

/** @throws {Error} when there is none to a subgraph of that name */
export function transportOf(
  subgraph: string,
  transports: ReadonlyMap<string, SubgraphTransport>,
): SubgraphTransport {
  const transport = transports.get(subgraph);
  if (transport === undefined) throw new Error(`There is no way to the subgraph ${subgraph}`);
  return transport;
}

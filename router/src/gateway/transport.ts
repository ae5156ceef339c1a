/** A subgraph's answer, in GraphQL's form. */
export interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** A way to one subgraph. It throws when the subgraph did not answer. */
export interface SubgraphTransport {
  send(request: SubgraphRequest, signedContext: string, requestId: string): Promise<SubgraphAnswer>;
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
}

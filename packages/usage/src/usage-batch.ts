/** A client program, as it names itself; null where it does not. */
export interface UsageClient {
  readonly name: string | null;
  readonly version: string | null;
}

/** A distinct operation: one text, without its literals, whatever the values it is sent with. */
export interface RecordedOperation {
  /** The SHA-256 of `body`, in hexadecimal. */
  readonly id: string;
  /** Null for an anonymous operation. */
  readonly name: string | null;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** The operation with the fragments that it uses; strings are "", numbers 0. */
  readonly body: string;
  /** What the text itself uses, as schema coordinates: `Product.name`, `Query.product(id:)`, `ProductSort.NEWEST`. */
  readonly coordinates: readonly string[];
}

/** How often a client sent an operation on one day. */
export interface OperationCount {
  readonly client: UsageClient;
  readonly operationId: string;
  /** In UTC, such as 2026-11-24. */
  readonly day: string;
  readonly count: number;
  readonly lastSeen: Date;
}

/** An input field or enum value that an operation was given by its variables. */
export interface RecordedInput {
  readonly operationId: string;
  readonly coordinate: string;
  readonly lastSeen: Date;
}

/** What a client's operations beyond the bound on distinct ones used on one day: counted, but not told apart. */
export interface OtherCount {
  readonly client: UsageClient;
  /** Null for the operations themselves. */
  readonly coordinate: string | null;
  readonly day: string;
  readonly count: number;
  readonly lastSeen: Date;
}

/** What was counted since the last batch. A key (client, operation, day and the like) appears once. */
export interface UsageBatch {
  /** Those that the counts below name and that no earlier batch held. */
  readonly operations: readonly RecordedOperation[];
  readonly counts: readonly OperationCount[];
  readonly inputs: readonly RecordedInput[];
  readonly others: readonly OtherCount[];
}

export type NoAnswerReason =
  /** There is no connection, or it broke off. */
  | 'connection'
  | 'timeout'
  /** An HTTP status of a server that is not well, and no GraphQL answer with it. */
  | 'status'
  /** An answer that is not GraphQL's. */
  | 'malformed'
  | 'too-large'
  | 'redirect'
  /** Not asked, as it failed too often just now. */
  | 'breaker-open'
  /** Nobody waits any more. */
  | 'cancelled';

/** Why a subgraph gave no answer that can be used. Its message names addresses: it is for the log, not for clients. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: NoAnswerReason;
  /** Whether the same query, sent again, may well be answered. */
  readonly mayBeAskedAgain: boolean;

  constructor(
    reason: NoAnswerReason,
    message: string,
    { mayBeAskedAgain = false, cause }: { mayBeAskedAgain?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.reason = reason;
    this.mayBeAskedAgain = mayBeAskedAgain;
  }
}

/** What sort of failure it is; each transport maps a kind to its own status, once. */
export type FailureKind =
  | 'bad-input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unavailable'
  | 'internal';

export interface FailureOptions {
  /** Stable and machine-readable, UPPER_CASE. Defaults to the kind's own code. */
  code?: string;
  /** Facts for the caller: plain JSON, no secrets. */
  details?: Readonly<Record<string, unknown>>;
  cause?: unknown;
}

const codeOfKind: Record<FailureKind, string> = {
  'bad-input': 'BAD_USER_INPUT',
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  'too-large': 'PAYLOAD_TOO_LARGE',
  unavailable: 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
};

/**
 * An unexpected failure whose message is meant for the caller. What a caller may expect
 * (stock ran out, card declined) is a value in the schema instead, never a Failure.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: FailureKind, message: string, options: FailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = options.code ?? codeOfKind[kind];
    this.details = options.details ?? {};
  }
}

const statusOfKind: Record<FailureKind, number> = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unavailable: 503,
  internal: 500,
};

/** The HTTP status of a kind (RFC 9110). */
export function httpStatusOf(kind: FailureKind): number {
  return statusOfKind[kind];
}

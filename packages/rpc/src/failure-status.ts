import { Code, ConnectError } from '@connectrpc/connect';
import { Failure, type FailureKind } from '@stoa/errors';

const statusOfKind: Record<FailureKind, Code> = {
  'bad-input': Code.InvalidArgument,
  unauthenticated: Code.Unauthenticated,
  forbidden: Code.PermissionDenied,
  'not-found': Code.NotFound,
  conflict: Code.FailedPrecondition,
  'too-large': Code.OutOfRange,
  unavailable: Code.Unavailable,
  internal: Code.Internal,
};

const kindOfStatus = new Map<Code, FailureKind>([
  ...Object.entries(statusOfKind).map(([kind, code]) => [code, kind as FailureKind] as const),
  [Code.DeadlineExceeded, 'unavailable'],
  [Code.Aborted, 'conflict'],
  [Code.Canceled, 'unavailable'],
  [Code.ResourceExhausted, 'unavailable'],
]);

const codeKey = 'x-stoa-error-code';

/** A Failure as a gRPC status; anything else is an internal error whose message stays here. */
export function toStatus(error: unknown): ConnectError {
  if (error instanceof ConnectError) return error;
  if (!(error instanceof Failure)) return new ConnectError('Something went wrong on our side', Code.Internal);
  return new ConnectError(error.message, statusOfKind[error.kind], { [codeKey]: error.code });
}

/** A gRPC status as the Failure that it was; a network fault or a missed deadline is `unavailable`. */
export function fromStatus(error: unknown, contract: string): Failure {
  const status = ConnectError.from(error);
  const kind = kindOfStatus.get(status.code) ?? 'internal';
  return new Failure(kind, `${contract}: ${status.rawMessage}`, {
    code:
      status.metadata.get(codeKey) ??
      (status.code === Code.DeadlineExceeded ? 'DEADLINE_EXCEEDED' : undefined),
    cause: error,
  });
}

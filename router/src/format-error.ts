import { unwrapResolverError } from '@apollo/server/errors';
import { Failure } from '@stoa/errors';
import type { Logger } from '@stoa/telemetry';
import type { GraphQLFormattedError } from 'graphql';

/**
 * What a client sees of an error: the message, the path, and of the extensions the code, the
 * subgraph's name and the facts that the subgraph meant for it. What nobody gave a code to is a
 * fault of ours, logged here and masked in production.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
  production: boolean,
  logger: Logger,
): GraphQLFormattedError {
  const original = unwrapResolverError(error);
  if (original instanceof Failure) {
    return {
      ...formatted,
      message: original.message,
      extensions: { code: original.code, ...original.details },
    };
  }
  const {
    stacktrace: _stack,
    query: _query,
    variables: _variables,
    ...extensions
  } = formatted.extensions ?? {};
  if (extensions.code !== 'INTERNAL_SERVER_ERROR' || 'serviceName' in extensions)
    return { ...formatted, extensions };
  logger.error({ event: 'router.failed', err: original });
  return {
    ...formatted,
    message: production ? 'Something went wrong on our side' : formatted.message,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

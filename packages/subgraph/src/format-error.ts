import { unwrapResolverError } from '@apollo/server/errors';
import { Failure } from '@stoa/errors';
import type { Logger } from '@stoa/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/**
 * What a client sees of an error. A Failure and GraphQL's own errors (syntax, validation, input)
 * speak for themselves; anything else is a fault of ours, logged here and masked in production.
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
  if (original instanceof GraphQLError && formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR')
    return formatted;
  logger.error({ event: 'graphql.failed', path: formatted.path, err: original });
  return {
    ...formatted,
    message: production ? 'Something went wrong on our side' : formatted.message,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}

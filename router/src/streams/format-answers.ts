import type { Logger } from '@stoa/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Answer } from '../engine/operation/answers.ts';
import { formatError } from '../format-error.ts';

/** Errors of streams as clients see them: the same as those of answers in one piece. */
export interface StreamFormat {
  answer(answer: Answer): object;
  /** What a stream has failed with. */
  failure(error: unknown): GraphQLFormattedError;
}

export function streamFormat(production: boolean, logger: Logger): StreamFormat {
  const failure = (error: unknown): GraphQLFormattedError => {
    const told = error instanceof GraphQLError ? error : new GraphQLError(messageOf(error));
    const formatted = told.toJSON();
    const extensions = { code: 'INTERNAL_SERVER_ERROR', ...formatted.extensions };
    return formatError({ ...formatted, extensions }, error, production, logger);
  };
  return {
    failure,
    answer: ({ data, errors }) =>
      errors === undefined ? { data } : { errors: errors.map(failure), data: data ?? null },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

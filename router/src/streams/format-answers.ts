import type { Logger } from '@stoa/telemetry';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Answer } from '../engine/operation/answers.ts';
import type { AnswerPart } from '../engine/operation/compiled-operation.ts';
import { formatError } from '../format-error.ts';

/** Errors of streams as clients see them: the same as those of answers in one piece. */
export interface StreamFormat {
  answer(answer: Answer): object;
  /** One of the parts of an answer, as @defer of 20220824 has it. */
  part(part: AnswerPart): object;
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
  const answer = ({ data, errors }: Answer): object =>
    errors === undefined ? { data } : { errors: errors.map(failure), data: data ?? null };
  return {
    failure,
    answer,
    part(part) {
      const { hasNext } = part;
      if (!('incremental' in part)) return { ...answer(part), hasNext };
      if (part.incremental.length === 0) return { hasNext };
      const incremental = part.incremental.map(({ errors, ...rest }) =>
        errors === undefined ? rest : { ...rest, errors: errors.map(failure) },
      );
      return { incremental, hasNext };
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

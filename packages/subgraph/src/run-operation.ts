import {
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import type { CompiledQueries } from './compiled-queries.ts';
import type { ReadDocuments } from './documents.ts';
import type { GraphQLRequestBody } from './request-body.ts';

export interface OperationSource {
  readonly schema: GraphQLSchema;
  readonly documents: ReadDocuments;
  readonly compiled: CompiledQueries;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** Answers a query or a mutation as ApolloServer does, without what that does for HTTP and for plugins. */
export async function runOperation(
  { schema, documents, compiled, formatError }: OperationSource,
  { query, variables, operationName }: GraphQLRequestBody,
  contextValue: unknown,
): Promise<FormattedExecutionResult> {
  const format = ({ errors, ...rest }: ExecutionResult, code: string): FormattedExecutionResult =>
    errors === undefined
      ? rest
      : { ...rest, errors: errors.map((error) => formatError(enriched(error, code), error)) };
  const read = documents(query);
  if ('errors' in read) {
    const { errors, code } = read;
    return {
      errors: errors.map((error) =>
        formatError({ ...error.toJSON(), extensions: { ...error.extensions, code } }, error),
      ),
    };
  }
  const compiledQuery = compiled(read.document, operationName ?? undefined);
  if (compiledQuery !== null) {
    const data = await compiledQuery(contextValue, variables ?? {});
    // Errors are left to graphql-js, whose form is the one that is known; what had been read by then is not read again.
    if (data !== null) return { data };
  }
  const result = await execute({
    schema,
    document: read.document,
    variableValues: variables ?? undefined,
    operationName: operationName ?? undefined,
    contextValue,
  });
  if (result.errors === undefined) return result as FormattedExecutionResult;
  const isKnown = getOperationAST(read.document, operationName) !== null;
  return format(result, isKnown ? 'BAD_USER_INPUT' : 'OPERATION_RESOLUTION_FAILURE');
}

/** @param code of an error that has no path: then it was the request that failed */
function enriched(error: GraphQLError, code: string): GraphQLFormattedError {
  const { http: _, ...extensions } = error.extensions;
  return {
    ...error.toJSON(),
    extensions: {
      ...extensions,
      code: extensions['code'] ?? (error.path === undefined ? code : 'INTERNAL_SERVER_ERROR'),
    },
  };
}

import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
} from 'graphql';
import type { ReadDocuments } from '../documents.ts';
import type { GraphQLRequestBody } from '../request-body.ts';
import type { OperationSource } from '../run-operation.ts';

export interface SubscriptionSource extends OperationSource {
  /** A context for the opening, and one for each event: what it has loaded is not what the next is answered with. */
  readonly newContext: () => unknown;
}

/**
 * Runs a subscription: an answer for each event, in order, until its source ends or nobody listens any more. What cannot
 * be run is told in one answer. It does not fail.
 */
export async function* openSubscription(
  { schema, documents, newContext, formatError }: SubscriptionSource,
  request: GraphQLRequestBody,
  ended: AbortSignal,
): AsyncGenerator<FormattedExecutionResult, void, void> {
  const format = ({ errors, ...rest }: ExecutionResult): FormattedExecutionResult =>
    errors === undefined ? rest : { ...rest, errors: errors.map((error) => formatted(error, formatError)) };
  const read = readSubscription(documents, request);
  if ('errors' in read) {
    yield format({ errors: read.errors });
    return;
  }
  const operation = {
    schema,
    document: read.document,
    variableValues: request.variables ?? undefined,
    operationName: request.operationName ?? undefined,
  };
  const source = await createSourceEventStream({ ...operation, contextValue: newContext() });
  if (!(Symbol.asyncIterator in source)) {
    yield format(source);
    return;
  }
  const iterator = source[Symbol.asyncIterator]();
  const leave = () => void iterator.return?.();
  ended.addEventListener('abort', leave);
  try {
    if (ended.aborted) return;
    for (;;) {
      const { value: rootValue, done } = await iterator.next();
      if (done) return;
      yield format(await execute({ ...operation, rootValue, contextValue: newContext() }));
    }
  } catch (error) {
    const extensions = { code: 'INTERNAL_SERVER_ERROR' };
    yield { errors: [formatError({ message: String(error), extensions }, error)], data: null };
  } finally {
    ended.removeEventListener('abort', leave);
    await iterator.return?.();
  }
}

function readSubscription(
  documents: ReadDocuments,
  { query, operationName }: GraphQLRequestBody,
): { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] } {
  const read = documents(query);
  if ('errors' in read) return read;
  const kind = getOperationAST(read.document, operationName)?.operation;
  if (kind === 'subscription') return read;
  return {
    errors: [
      new GraphQLError(`Expected a subscription, found ${kind ?? 'no operation of that name'}`, {
        extensions: { code: 'BAD_REQUEST' },
      }),
    ],
  };
}

/** An error as ApolloServer hands it on to be formatted: what has no path is wrong with the request. */
function formatted(
  error: GraphQLError,
  formatError: SubscriptionSource['formatError'],
): GraphQLFormattedError {
  const told = error.toJSON();
  const code = error.path === undefined ? 'BAD_USER_INPUT' : 'INTERNAL_SERVER_ERROR';
  return formatError({ ...told, extensions: { code, ...told.extensions } }, error);
}

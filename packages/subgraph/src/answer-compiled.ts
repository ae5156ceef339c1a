import type { ApolloServerPlugin } from '@apollo/server';
import type { CompiledQueries } from './compiled-queries.ts';

/** Has ApolloServer answer queries that come again in their compiled form; what that cannot answer without an error it executes itself. */
export function answerCompiled<Context extends object>(
  compiled: CompiledQueries,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operationName, request, contextValue, response }) {
          const query = compiled(document, operationName ?? undefined);
          const data = await query?.(contextValue, request.variables ?? {});
          if (data === null || data === undefined) return null;
          return { http: response.http, body: { kind: 'single', singleResult: { data } } };
        },
      };
    },
  };
}

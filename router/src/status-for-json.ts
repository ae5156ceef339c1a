import type { ApolloServerPlugin } from '@apollo/server';

/** Errors of an operation that is well formed as a request, but does not run. */
const codes: readonly unknown[] = ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'];

/**
 * Answers a client that takes application/json and nothing else with 200 also when its operation does not run, as GraphQL over
 * HTTP asks for (6.4.1): such a client could not tell a GraphQL server's 400 from another's. Any other client gets 400.
 */
export function useStatusForJson(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ request, response: { http, body } }) {
          if (http.status !== 400 || body.kind !== 'single') return;
          const { errors = [] } = body.singleResult;
          const isOfOperation = errors.every(({ extensions }) => codes.includes(extensions?.code));
          if (isOfOperation && takesJsonAlone(request.http?.headers.get('accept'))) http.status = 200;
        },
      };
    },
  };
}

function takesJsonAlone(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]?.trim().toLowerCase());
  return types.every((type) => type === 'application/json');
}

import type { ApolloServerPlugin } from '@apollo/server';
import type { Logger } from '@stoa/telemetry';
import type { RouterContext } from '../identity/call-context.ts';
import { operationDescriber } from '../usage/describe-operation.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

/** How many pairs of operation and client are remembered as logged. */
const longestMemory = 1_000;

/**
 * Logs each valid operation that is in no manifest before it runs, once a client, without the values
 * in it: what would be refused if nothing but trusted documents could run.
 */
export function useLogOfUnlisted(
  documents: TrustedDocuments,
  logger: Logger,
): ApolloServerPlugin<RouterContext> {
  const describe = operationDescriber();
  const logged = new Set<string>();
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, operation, source, contextValue: { client } }) {
          if (operation === undefined || documents.has(source)) return;
          const described = describe(schema, document, operation).operation;
          const key = JSON.stringify([described.id, client.name, client.version]);
          if (logged.has(key)) return;
          if (logged.size >= longestMemory) logged.clear();
          logged.add(key);
          logger.warn({
            event: 'trusted-documents.unlisted',
            client,
            operation: described.name,
            id: described.id,
            body: described.body,
          });
        },
      };
    },
  };
}

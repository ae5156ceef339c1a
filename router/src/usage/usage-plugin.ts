import type { ApolloServerPlugin } from '@apollo/server';
import type { RouterContext } from '../identity/call-context.ts';
import type { UsageRecorder } from './usage-recorder.ts';

/**
 * Tells a recorder of every operation that was found valid, whatever came of it.
 * @param start makes the recorder when the server starts; it ends with the server
 */
export function useUsageRecorder(start: () => UsageRecorder): ApolloServerPlugin<RouterContext> {
  let recorder: UsageRecorder | undefined;
  return {
    async serverWillStart() {
      const started = start();
      recorder = started;
      return { serverWillStop: () => started.stop() };
    },
    async requestDidStart() {
      return {
        async willSendResponse({ schema, document, operation, request, contextValue }) {
          // Without an operation, it was refused before its document was known to be valid.
          if (document === undefined || operation === undefined) return;
          recorder?.record({
            schema,
            document,
            operation,
            variables: request.variables ?? {},
            client: contextValue.client,
          });
        },
      };
    },
  };
}

import { ApolloGateway } from '@apollo/gateway';
import type { DocumentNode } from 'graphql';
import type { AskSubgraph, JsonObject } from '../../src/engine/subgraph-request.ts';

/** @apollo/gateway with its own execution, over the same subgraphs. */
export async function stockGateway(supergraphSdl: string, ask: AskSubgraph) {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: quiet,
    buildService: ({ name }) => ({
      async process({ request: { query = '', operationName, variables = {} } }) {
        return (await ask({
          subgraph: name,
          kind: 'query',
          query,
          operationName,
          variables,
          sameAs: query,
        })) as never;
      },
    }),
  });
  const { executor } = await gateway.load();
  return {
    execute(document: DocumentNode, text: string, variables: JsonObject) {
      const request = { query: text, variables };
      return executor({
        document,
        request,
        queryHash: text,
        source: text,
        context: {},
        metrics: {},
      } as never);
    },
    stop: () => gateway.stop(),
  };
}

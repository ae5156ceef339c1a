import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@stoa/telemetry';
import type { RouterContext } from '../identity/call-context.ts';
import { askThrough } from './ask-through.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { SubgraphTransport } from './transport.ts';

/** @apollo/gateway with its own execution: what the engine is compared with, and what can be gone back to. */
export function apolloGateway({ supergraphSdl, transportTo, logger }: GatewayOptions): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl,
    logger,
    buildService: ({ name, url }) => dataSource(name, transportTo(name, url ?? ''), logger),
  });
}

function dataSource(name: string, transport: SubgraphTransport, logger: Logger): GraphQLDataSource {
  const transports = new Map([[name, transport]]);
  return {
    async process({ request, context }) {
      const asker = context as RouterContext;
      const answer = await askThrough({
        transports,
        asker,
        signal: asker.signal,
        asked: null,
        graph: 0,
        logger,
      })({
        subgraph: name,
        kind: /^\s*mutation\b/.test(request.query ?? '') ? 'mutation' : 'query',
        query: request.query ?? '',
        operationName: request.operationName,
        variables: request.variables ?? {},
        sameAs: '',
      });
      return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
    },
  };
}

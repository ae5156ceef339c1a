import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@stoa/telemetry';
import { GraphQLError } from 'graphql';
import type { RouterContext } from '../identity/call-context.ts';
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
  return {
    async process({ request, context }) {
      const { call, signedContext } = context as RouterContext;
      try {
        const answer = await transport.send(
          { query: request.query ?? '', variables: request.variables, operationName: request.operationName },
          signedContext,
          call.requestId,
        );
        return answer as Awaited<ReturnType<GraphQLDataSource['process']>>;
      } catch (error) {
        // Its address and the network's reason are for the log, not for the client.
        logger.error({
          event: 'subgraph.unavailable',
          subgraph: name,
          requestId: call.requestId,
          err: error,
        });
        throw new GraphQLError(`The subgraph ${name} did not answer`, {
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: name },
        });
      }
    },
  };
}

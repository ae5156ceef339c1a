import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@stoa/telemetry';
import { GraphQLError } from 'graphql';
import type { RouterContext } from '../identity/call-context.ts';
import type { SubgraphTransport } from './transport.ts';

export interface GatewayOptions {
  supergraphSdl: string;
  /** Gives the way to each subgraph of the supergraph; `composedUrl` is its address there. */
  transportTo(name: string, composedUrl: string): SubgraphTransport;
  logger: Logger;
}

/**
 * The one place where an operation is planned and its plan executed. Whatever runs a plan asks
 * subgraphs through a SubgraphTransport and nothing else.
 */
export function createGateway({ supergraphSdl, transportTo, logger }: GatewayOptions): ApolloGateway {
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

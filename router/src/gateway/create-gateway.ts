import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Logger } from '@stoa/telemetry';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation } from '../engine/operation/compile-operation.ts';
import type { AskSubgraph } from '../engine/subgraph-request.ts';
import { readSupergraph } from '../engine/supergraph.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { apolloGateway } from './apollo-gateway.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { SubgraphTransport } from './transport.ts';

type GatewayInterface = NonNullable<ApolloServerOptionsWithGateway<RouterContext>['gateway']>;

/** Operations that stay compiled: those used last. */
const operationsKept = 2_000;

/**
 * The one place where an operation is planned and its plan executed: what ApolloServer asks when it has parsed and
 * validated an operation.
 */
export function createGateway(options: GatewayOptions): GatewayInterface {
  return options.execution === 'apollo' ? apolloGateway(options) : engineGateway(options);
}

function engineGateway({ supergraphSdl, transportTo, logger }: GatewayOptions): GatewayInterface {
  const supergraph = readSupergraph(supergraphSdl);
  const transports = new Map(supergraph.subgraphs.map(({ name, url }) => [name, transportTo(name, url)]));
  const compiled = new LRUCache<string, CompiledOperation>({ max: operationsKept });
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      return () => {};
    },
    async load() {
      return {
        executor: async ({ document, queryHash, request, context }) => {
          const key = `${queryHash} ${request.operationName ?? ''}`;
          let operation = compiled.get(key);
          if (operation === undefined) {
            operation = compileOperation(supergraph, document, request.operationName ?? undefined);
            compiled.set(key, operation);
          }
          return operation.execute(
            request.variables ?? {},
            askThrough(transports, context as RouterContext, logger),
          );
        },
      };
    },
    async stop() {
      compiled.clear();
    },
  };
}

function askThrough(
  transports: ReadonlyMap<string, SubgraphTransport>,
  { call, signedContext }: RouterContext,
  logger: Logger,
): AskSubgraph {
  return async ({ subgraph, query, operationName, variables }) => {
    const transport = transports.get(subgraph);
    if (transport === undefined) throw new Error(`There is no way to the subgraph ${subgraph}`);
    try {
      return await transport.send({ query, operationName, variables }, signedContext, call.requestId);
    } catch (error) {
      // Its address and the network's reason are for the log, not for the client.
      logger.error({ event: 'subgraph.unavailable', subgraph, requestId: call.requestId, err: error });
      throw error;
    }
  };
}

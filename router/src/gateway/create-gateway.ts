import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import { type CompiledOperation, compileOperation } from '../engine/operation/compile-operation.ts';
import { readSupergraph } from '../engine/supergraph.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { apolloGateway } from './apollo-gateway.ts';
import { askThrough } from './ask-through.ts';
import type { GatewayOptions } from './gateway-options.ts';

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
      await Promise.all([...transports.values()].map((transport) => transport.close?.()));
    },
  };
}

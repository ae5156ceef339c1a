import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import { compileOperation } from '../engine/operation/compile-operation.ts';
import type { CompiledOperation } from '../engine/operation/compiled-operation.ts';
import { readSupergraph } from '../engine/supergraph.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { streamEnds } from '../streams/stream-ends.ts';
import { activeLabels } from './active-labels.ts';
import { apolloGateway } from './apollo-gateway.ts';
import { executeOperation } from './execute-operation.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { askThrough, subscribeThrough } from './through-transports.ts';

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

function engineGateway({
  supergraphSdl,
  transportTo,
  isLabelActive,
  logger,
}: GatewayOptions): GatewayInterface {
  const supergraph = readSupergraph(supergraphSdl);
  const transports = new Map(supergraph.subgraphs.map(({ name, url }) => [name, transportTo(name, url)]));
  const compiled = new LRUCache<string, CompiledOperation>({ max: operationsKept });
  const served = new AbortController();
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
      return () => {};
    },
    async load() {
      return {
        executor: async ({ document, queryHash, request, context }) => {
          const labels = await activeLabels(
            supergraph.overrideLabels.of(document),
            context as RouterContext,
            isLabelActive,
          );
          const key = [queryHash, request.operationName, ...labels].join(' ');
          let operation = compiled.get(key);
          if (operation === undefined) {
            operation = compileOperation(supergraph, document, request.operationName ?? undefined, labels);
            compiled.set(key, operation);
          }
          const from = { transports, context: context as RouterContext, logger };
          return executeOperation(operation, request.variables ?? {}, {
            ask: askThrough(from),
            subscribe: subscribeThrough(from),
            slot: from.context.stream,
            until: served.signal,
          });
        },
      };
    },
    async stop() {
      served.abort(streamEnds.stopping());
      compiled.clear();
    },
  };
}

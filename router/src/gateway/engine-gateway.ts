import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Answer } from '../engine/operation/compile-operation.ts';
import { plannerInPlace } from '../engine/planning/planner.ts';
import { plannerThread } from '../engine/planning/planner-thread.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { askThrough } from './ask-through.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { type ServedGraph, serveGraph } from './served-graph.ts';
import { inFlight } from './share-in-flight.ts';
import { writtenData } from './written-data.ts';

export type GatewayInterface = NonNullable<ApolloServerOptionsWithGateway<RouterContext>['gateway']>;
type SchemaCallback = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

/** Operations that stay compiled: those used last. */
const operationsKept = 2_000;
/** Operations that are planned for a new supergraph before it is served: those used most. */
const operationsWarmed = 200;

/**
 * Answers by the engine, and follows a supergraph that changes: the next one is read and its plans are made while the last
 * one is still served; requests under way end on the graph that they began with.
 */
export function engineGateway({
  supergraphSdl,
  supergraphUpdates,
  transportTo,
  logger,
  planning,
  sharing,
}: GatewayOptions): GatewayInterface {
  const planner =
    planning === 'thread'
      ? plannerThread({ onEnded: (error) => logger.error({ event: 'planner.in-place', err: error }) })
      : plannerInPlace();
  const serve = (sdl: string) => serveGraph({ supergraphSdl: sdl, transportTo, planner, operationsKept });
  const callbacks = new Set<SchemaCallback>();
  // An operation is run on the graph that it was validated against, also when another is served since.
  const bySchema = new WeakMap<GraphQLSchema, ServedGraph>();
  const answering = inFlight<Answer>();
  // What is asked after a mutation was answered does not join what was asked before: it has to find what was changed.
  let mutations = 0;
  let served = serve(supergraphSdl);
  bySchema.set(served.supergraph.apiSchema, served);
  let stopFollowing = () => {};
  let updating = Promise.resolve();
  let isStopped = false;

  const describe = ({ supergraph }: ServedGraph) => ({
    apiSchema: supergraph.apiSchema,
    coreSupergraphSdl: supergraph.sdl,
  });
  const update = async (sdl: string) => {
    if (isStopped) return;
    const last = served;
    try {
      const next = serve(sdl);
      const used = await last.use(async ({ operations }) => operations.mostUsed(operationsWarmed));
      const warmed = await next.use(({ operations }) => operations.warm(used));
      if (isStopped) return await next.retire();
      bySchema.set(next.supergraph.apiSchema, next);
      served = next;
      for (const callback of callbacks) callback(describe(next));
      logger.info({ event: 'supergraph.loaded', warmed });
      await last.retire();
    } catch (error) {
      logger.error({ event: 'supergraph.refused', err: error });
    }
  };

  return {
    onSchemaLoadOrUpdate(callback) {
      callbacks.add(callback);
      callback(describe(served));
      return () => callbacks.delete(callback);
    },
    async load() {
      stopFollowing =
        supergraphUpdates?.((sdl) => {
          updating = updating.then(() => update(sdl));
        }) ?? stopFollowing;
      return {
        executor: ({ schema, document, queryHash, request, operation, context }) => {
          const asker = context as RouterContext;
          const variables = request.variables ?? {};
          return (bySchema.get(schema) ?? served).use(async ({ operations, transports, asked }) => {
            const sent = { document, operationName: request.operationName ?? undefined };
            const found = await operations.find(queryHash, sent);
            const isQuery = operation.operation === 'query';
            const sharedWith = () => `${mutations} ${asker.identityKey}`;
            const run = async (signal: AbortSignal | undefined) => {
              const answer = await found.compiled.execute(
                variables,
                askThrough({
                  transports,
                  asker,
                  signal,
                  mayJoin: isQuery,
                  asked: sharing.ofSubgraphs && isQuery ? asked : null,
                  sharedWith,
                  logger,
                }),
                true,
              );
              return answer.bytes === undefined ? answer : { data: writtenData(answer.bytes) };
            };
            const key = () => `${sharedWith()}\n${JSON.stringify(variables)}\n${found.key}`;
            const answer = await (sharing.ofClients && isQuery
              ? answering.join(key(), run, asker.signal)
              : run(asker.signal));
            if (operation.operation === 'mutation') mutations += 1;
            return found.document === document ? answer : withoutLocations(answer);
          });
        },
      };
    },
    async stop() {
      isStopped = true;
      stopFollowing();
      await updating;
      await served.retire();
      await planner.close();
    },
  };
}

/** Errors that tell of places in the same operation as somebody else has written it. */
function withoutLocations(answer: Answer): Answer {
  if (answer.errors?.some(({ nodes }) => nodes !== undefined) !== true) return answer;
  return {
    ...answer,
    errors: answer.errors.map(
      ({ message, path, originalError, extensions }) =>
        new GraphQLError(message, { path, originalError, extensions }),
    ),
  };
}

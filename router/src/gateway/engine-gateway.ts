import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Answer } from '../engine/operation/answers.ts';
import { keptApiSchemas } from '../engine/planning/kept-api-schemas.ts';
import { keptPlans } from '../engine/planning/kept-plans.ts';
import { plannerInPlace } from '../engine/planning/planner.ts';
import { plannerThread } from '../engine/planning/planner-thread.ts';
import type { SubgraphAnswer } from '../engine/subgraph-request.ts';
import { openSupergraph } from '../engine/supergraph.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { streamEnds } from '../streams/stream-ends.ts';
import { activeLabels } from './active-labels.ts';
import { admission } from './admission.ts';
import { askThrough } from './ask-through.ts';
import { executeOperation } from './execute-operation.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { type GraphInUse, type ServedGraph, serveGraph } from './served-graph.ts';
import { inFlight, inFlightOfOne } from './share-in-flight.ts';
import { subscribeThrough } from './subscribe-through.ts';
import { writtenData } from './written-data.ts';

export type GatewayInterface = NonNullable<ApolloServerOptionsWithGateway<RouterContext>['gateway']>;
type SchemaCallback = Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0];

/** Memory for operations that stay compiled, those used last: of 2,000 of 90 KB, or 10,000 of 20. */
const operationsBytes = 200_000_000;
/** Operations that are planned for a new supergraph before it is served: those used most. */
const operationsWarmed = 200;

/**
 * Answers by the engine, and follows a supergraph that changes: the next one is read and its plans are made while the last
 * one is still served; requests under way end on the graph that they began with, also those that are answered in parts.
 * Subscriptions on it are ended, to be opened again on the next.
 */
export async function engineGateway({
  supergraphSdl,
  supergraphUpdates,
  transportTo,
  isLabelActive,
  logger,
  planning,
  plansFolder,
  sharing,
  operationsAtOnce,
}: GatewayOptions): Promise<GatewayInterface> {
  const maker =
    planning === 'thread'
      ? plannerThread({ onEnded: (error) => logger.error({ event: 'planner.in-place', err: error }) })
      : plannerInPlace();
  const kept = plansFolder !== null && {
    folder: plansFolder,
    onFailed: (error: unknown) => logger.warn({ event: 'plans.not-kept', folder: plansFolder, err: error }),
  };
  const planner = kept ? keptPlans(maker, kept) : maker;
  const apiSchemas = kept ? keptApiSchemas(kept) : undefined;
  let graphs = 0;
  const serve = async (sdl: string) => {
    const supergraph = await openSupergraph(sdl, apiSchemas);
    graphs += 1;
    return serveGraph({
      number: graphs,
      supergraph,
      transportTo,
      planner,
      operationsBytes,
      onNotDeferred: (operation, error) =>
        logger.warn({ event: 'operation.not-deferred', operation, err: error }),
    });
  };
  const callbacks = new Set<SchemaCallback>();
  // An operation is run on the graph that it was validated against, also when another is served since.
  const bySchema = new WeakMap<GraphQLSchema, ServedGraph>();
  const admitted = admission({ atOnce: operationsAtOnce });
  const answering = inFlight<Answer>();
  const asked = inFlight<SubgraphAnswer>();
  /** What somebody asks after a mutation or an event was answered does not join what was asked before: it has to find what was changed. */
  const hasChanged = (asker: RouterContext) => {
    for (const shared of [answering, asked]) shared.close(asker.identityKey);
  };
  let served = await serve(supergraphSdl);
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
      const next = await serve(sdl);
      const used = await last.use(async ({ operations }) => operations.mostUsed(operationsWarmed));
      const warmed = await next.use(({ operations }) => operations.warm(used));
      if (isStopped) return await next.retire(streamEnds.stopping());
      bySchema.set(next.supergraph.apiSchema, next);
      served = next;
      for (const callback of callbacks) callback(describe(next));
      logger.info({ event: 'supergraph.loaded', warmed });
      await last.retire(streamEnds.reloaded());
    } catch (error) {
      logger.error({ event: 'supergraph.refused', err: error });
    }
  };

  /** Parts of one plan that ask the same at the same time ask once, also where requests share nothing. */
  const joined = () => (sharing.ofSubgraphs ? asked : inFlightOfOne<SubgraphAnswer>());

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
          const graph = bySchema.get(schema) ?? served;
          const isQuery = operation.operation === 'query';
          const asking = (
            { transports }: GraphInUse,
            signal: AbortSignal | undefined,
            onAnswer?: () => void,
          ) =>
            askThrough({
              transports,
              asker,
              signal,
              asked: isQuery ? joined() : null,
              graph: graph.number,
              onAnswer,
              logger,
            });
          async function* told<Item>(answers: AsyncIterable<Item>): AsyncGenerator<Item> {
            for await (const answer of answers) {
              if (!isQuery) hasChanged(asker);
              yield answer;
            }
          }
          return graph.use(async (inUse) => {
            const labels = await activeLabels(
              graph.supergraph.overrideLabels.of(document),
              asker,
              isLabelActive,
            );
            const sent = { document, operationName: request.operationName ?? undefined, labels };
            const found = await inUse.operations.find(queryHash, sent);
            const answer = await executeOperation(found.compiled, variables, {
              slot: asker.stream,
              async answer(single) {
                const run = async (
                  signal: AbortSignal | undefined,
                  onAnswer?: () => void,
                ): Promise<Answer> => {
                  const answer = await admitted.run(() =>
                    single.execute(variables, asking(inUse, signal, onAnswer), true),
                  );
                  return answer.bytes === undefined ? answer : { data: writtenData(answer.bytes) };
                };
                if (isQuery && (sharing.ofClients || sharing.ofSubgraphs)) {
                  // Until a subgraph has answered, whoever asks the same would join all that it is asked.
                  return answering.join(
                    asker.identityKey,
                    found.key,
                    () => `${graph.number}\n${JSON.stringify(variables)}`,
                    (own, close) => run(own, sharing.ofClients ? undefined : close),
                    asker.signal,
                  );
                }
                const answer = await run(asker.signal);
                if (!isQuery) hasChanged(asker);
                return answer;
              },
              parts: (open) => told(graph.stream((own) => open(asking(own, asker.signal)))),
              events: (open) => ({
                until: graph.retired,
                open(ended) {
                  const sourcesOf = (own: GraphInUse) => ({
                    ask: asking(own, ended),
                    subscribe: subscribeThrough({ transports: own.transports, asker, logger }),
                  });
                  return told(graph.stream((own) => open(sourcesOf(own), ended)));
                },
              }),
            });
            return found.document === document ? answer : withoutLocations(answer);
          });
        },
      };
    },
    async stop() {
      isStopped = true;
      stopFollowing();
      await updating;
      await served.retire(streamEnds.stopping());
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

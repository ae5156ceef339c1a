import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type Clock, type NewId, newId, systemClock } from '@stoa/clock';
import { type ConfigOf, type ConfigShape, type Environment, readConfig } from '@stoa/config';
import { type Database, type EntityManager, lazily, lazyFork, openDatabase } from '@stoa/database';
import { Failure, httpStatusOf } from '@stoa/errors';
import { type Broker, listenLive, readEventSettings } from '@stoa/events';
import type { HttpRequest, HttpServer } from '@stoa/http';
import { type CallContext, contextHeader, serviceContext, verifyContext } from '@stoa/identity';
import type { LocalServices, RpcDirectory, RpcServer } from '@stoa/rpc';
import { serveRpc } from '@stoa/rpc';
import { createLogger, type Logger } from '@stoa/telemetry';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { answerCompiled } from './answer-compiled.ts';
import { compiledQueries } from './compiled-queries.ts';
import { type BaseConfig, readBaseConfig } from './config.ts';
import type { Calls, Process, RequestScope, ServicesOf, SubgraphDefinition } from './definition.ts';
import { documentReader } from './documents.ts';
import { connectEvents } from './events.ts';
import { formatError } from './format-error.ts';
import { landingPage } from './landing-page.ts';
import type { GraphQLRequestBody } from './request-body.ts';
import { resolveEntitiesAtOnce } from './resolve-entities.ts';
import { runOperation } from './run-operation.ts';
import { openSubscription } from './subscriptions/open-subscription.ts';
import { eventRoute, type OpenAnswers } from './subscriptions/serve-events.ts';
import { type Loop, type Running, startLoop } from './worker.ts';

export interface SubgraphOptions {
  environment: Environment;
  /** Where to find the other services. The function form is given the secret that calls are signed with. */
  directory: RpcDirectory | ((contextSecret: string) => RpcDirectory);
  clock?: Clock;
  newId?: NewId;
  logger?: Logger;
  /** Where its events go and come from. Without one they wait in its outbox, and it consumes none. */
  broker?: Broker;
}

/** A subgraph that runs: its database is open, migrated and seeded. */
export interface Subgraph {
  readonly name: string;
  readonly config: BaseConfig;
  readonly database: Database;
  /** Answers an operation without a network. `signedContext` is the value of the context header. */
  execute(request: GraphQLRequestBody, signedContext: string | undefined): Promise<FormattedExecutionResult>;
  /**
   * Opens a subscription without a network: an answer for each event, until nobody listens any more.
   * @throws {Failure} unauthenticated, for a context that is not signed
   */
  subscribe(request: GraphQLRequestBody, signedContext: string | undefined): OpenAnswers;
  /** Adds /graphql, with Sandbox for browsers, and its REST routes. */
  addRoutes(server: HttpServer): Promise<void>;
  /** Adds its REST routes alone. */
  addRestRoutes(server: HttpServer): void;
  /** Offers its rpc to the services of the same process. */
  joinServices(services: LocalServices): void;
  /** Serves its rpc over gRPC; null when it has none. */
  serveRpc(port: number): Promise<RpcServer | null>;
  /** Null when it can answer, else the reason why not. */
  notReadyBecause(): Promise<string | null>;
  /** Starts its workers. Requests are answered without them. */
  startWork(): void;
  /**
   * Runs one worker until it finds nothing more to do, as a test does that wants to know when.
   * @throws {Failure} internal when there is no worker of that name
   */
  work(name: string): Promise<void>;
  /** Finishes what runs and closes the database. May be called twice. */
  stop(): Promise<void>;
}

export async function createSubgraph<Shape extends ConfigShape, C extends Calls, App, Context>(
  definition: SubgraphDefinition<Shape, C, App, Context>,
  options: SubgraphOptions,
): Promise<Subgraph> {
  const { name } = definition;
  const base = readBaseConfig(name, options.environment);
  const own = readConfig(name, definition.config ?? ({} as Shape), options.environment) as ConfigOf<Shape>;
  const eventSettings = readEventSettings(name, options.environment);
  const config = { ...base, ...own };
  const logger = options.logger ?? createLogger({ name, level: base.logLevel });
  const clock = options.clock ?? systemClock;
  const makeId = options.newId ?? newId;
  const directory =
    typeof options.directory === 'function' ? options.directory(base.contextSecret) : options.directory;
  const services = clientsFor(definition.calls, directory);
  const processOf = (database: Database): Process<Shape, C> => ({
    config,
    database,
    clock,
    newId: makeId,
    logger,
    services,
  });

  const database = await openDatabase({
    url: base.databaseUrl,
    poolSize: base.databasePoolSize,
    entities: definition.entities,
    migrations: definition.migrations,
    prepare: async (opened) => {
      if (base.isSeeded) await definition.seed?.(processOf(opened));
    },
  });
  const closing = async (error: unknown): Promise<never> => {
    await database.close();
    throw error;
  };
  const app = await (async () => definition.app(processOf(database)))().catch(closing);

  const { broker } = options;
  const hears = (definition.hears ?? []).map(({ type }) => type);
  const live = await listenLive(hears, hears.length === 0 ? null : (broker ?? null)).catch(closing);

  const newContext = (call: CallContext, em: EntityManager = lazyFork(database.em)): Context => {
    const scope: RequestScope<C> = {
      call,
      em,
      clock,
      newId: makeId,
      logger,
      services: services(call),
      hear: live.hear,
    };
    return definition.context(scope, app);
  };
  const contextOf = (signedContext: string | undefined) =>
    newContext(verifyContext(signedContext, base.contextSecret));

  const typeDefs = parse(readFileSync(new URL('schema.graphql', definition.folder), 'utf8'));
  const schema = buildSubgraphSchema({ typeDefs, resolvers: definition.resolvers as never });
  resolveEntitiesAtOnce(schema, definition.readAheads);
  const format = (formatted: GraphQLFormattedError, error: unknown) =>
    formatError(formatted, error, base.production, logger);
  const operations = {
    schema,
    documents: documentReader(schema),
    compiled: compiledQueries(schema),
    formatError: format,
  };

  const subscribe = (request: GraphQLRequestBody, signedContext: string | undefined): OpenAnswers => {
    const call = verifyContext(signedContext, base.contextSecret);
    const source = { ...operations, newContext: () => newContext(call) };
    return (ended) => openSubscription(source, request, ended);
  };
  const addRestRoutes = (server: HttpServer) => definition.rest?.(server, app, newContext);

  const workers: readonly Loop[] = (definition.workers ?? []).map((worker) => ({
    name: worker.name,
    pauseMs: worker.pauseMs(app),
    pass: () => worker.pass(newContext(serviceContext(name, makeId())), app),
    logger,
  }));
  const events =
    broker === undefined
      ? null
      : await connectEvents({
          definition,
          database,
          broker,
          settings: eventSettings,
          clock,
          logger,
          app,
          newContext,
        }).catch(closing);
  const loops = [...workers, ...(events?.loops ?? [])];
  /** Speaks GraphQL over HTTP; in the router's process nobody asks over HTTP. */
  let apollo: ApolloServer<Context & object> | undefined;
  let running: Running[] = [];
  let stopped: Promise<void> | undefined;
  return {
    name,
    config: base,
    database,
    async execute(request, signedContext) {
      return runOperation(operations, request, contextOf(signedContext));
    },
    subscribe,
    async addRoutes(server) {
      const signedContextOf = ({ headers }: HttpRequest) => {
        const header = headers[contextHeader];
        return typeof header === 'string' ? header : undefined;
      };
      const events = eventRoute(server);
      apollo = new ApolloServer<Context & object>({
        schema,
        introspection: true,
        includeStacktraceInErrorResponses: false,
        formatError: format,
        // The host and the runner drain the HTTP server themselves; Apollo must not catch signals.
        stopOnTerminationSignals: false,
        // Its hints would be gathered at each field, and nobody reads them.
        plugins: [
          landingPage(name, base),
          ApolloServerPluginCacheControlDisabled(),
          answerCompiled(operations.compiled),
        ],
        logger,
      });
      await apollo.start();
      const answer = fastifyApolloHandler(apollo, {
        context: async (request) => refusing(() => contextOf(signedContextOf(request))) as Context & object,
      });
      server.route({
        url: '/graphql',
        method: ['GET', 'POST', 'OPTIONS'],
        handler(request, reply) {
          return events.takes(request)
            ? events.handle(request, reply, (body) => subscribe(body, signedContextOf(request)))
            : answer.call(this, request, reply);
        },
      });
      addRestRoutes(server);
    },
    addRestRoutes,
    joinServices(local) {
      if (definition.rpc !== undefined) {
        local.add(definition.rpc, { contextSecret: base.contextSecret, logger, newContext });
      }
    },
    async serveRpc(port) {
      if (definition.rpc === undefined) return null;
      return serveRpc(definition.rpc, { contextSecret: base.contextSecret, logger, newContext }, port);
    },
    async notReadyBecause() {
      if (stopped !== undefined) return `${name} is stopping`;
      return (await database.isConnected()) ? null : `${name} has no connection to its database`;
    },
    startWork() {
      if (running.length === 0 && stopped === undefined) running = loops.map(startLoop);
    },
    async work(wanted) {
      const loop = loops.find((candidate) => candidate.name === wanted);
      if (loop === undefined) throw new Failure('internal', `${name} has no worker ${wanted}`);
      while (await loop.pass(new AbortController().signal));
    },
    stop() {
      stopped ??= (async () => {
        await Promise.all([live.stop(), events?.stop(), ...running.map((worker) => worker.stop())]);
        await apollo?.stop();
        await definition.stop?.(app);
        await database.close();
      })();
      return stopped;
    },
  };
}

/** A refusal before the operation runs needs its HTTP status told. */
function refusing<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new GraphQLError(error.message, {
      originalError: error,
      extensions: { code: error.code, http: { status: httpStatusOf(error.kind) } },
    });
  }
}

/** The clients of a call, each made when it is first used. */
function clientsFor<C extends Calls>(
  calls: C | undefined,
  directory: RpcDirectory,
): (call: CallContext) => ServicesOf<C> {
  const makers = Object.entries(calls ?? {}).map(([name, contract]) => [
    name,
    ({ call }: { call: CallContext }) => directory.client(contract, call),
  ]);
  const clients = lazily<{ call: CallContext }, ServicesOf<C>>(Object.fromEntries(makers));
  return (call) => clients({ call });
}

import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import cors from '@fastify/cors';
import { Failure, httpStatusOf } from '@stoa/errors';
import { createHttpServer, type HttpServer } from '@stoa/http';
import { requestIdHeader } from '@stoa/identity';
import { createLogger, type Logger } from '@stoa/telemetry';
import { GraphQLError } from 'graphql';
import type { RouterConfig } from './config.ts';
import { formatError } from './format-error.ts';
import { createGateway } from './gateway/create-gateway.ts';
import type { GatewayOptions } from './gateway/gateway-options.ts';
import { stringifyAnswer } from './gateway/written-data.ts';
import { callerOf } from './identity/access-token.ts';
import { type RouterContext, requestIdOf, routerContext } from './identity/call-context.ts';
import { goneSignal } from './identity/gone-signal.ts';
import { createKeySet, type FetchKeys } from './identity/key-set.ts';
import { addGraphiql } from './pages/graphiql.ts';
import { welcomeQuery } from './pages/welcome-query.ts';
import { useStatusForJson } from './status-for-json.ts';
import type { Identify } from './streams/identified.ts';
import { addStreams } from './streams/streams.ts';
import { automaticQueries } from './trusted-documents/automatic-queries.ts';
import { documentHook } from './trusted-documents/document-hook.ts';
import { loadTrustedDocuments } from './trusted-documents/load-trusted-documents.ts';
import { useLogOfUnlisted } from './trusted-documents/log-unlisted.ts';
import type { TrustedDocuments } from './trusted-documents/trusted-documents.ts';
import { defaultUsageLimits } from './usage/usage-counters.ts';
import { useUsageRecorder } from './usage/usage-plugin.ts';
import { usageRecorder } from './usage/usage-recorder.ts';

export interface RouterOptions {
  config: RouterConfig;
  supergraphSdl: string;
  supergraphUpdates?: GatewayOptions['supergraphUpdates'];
  transportTo: GatewayOptions['transportTo'];
  fetchKeys: FetchKeys;
  /** Decides about labels of @override that are no `percent(n)`, in place of the setting OVERRIDE_LABELS. */
  isLabelActive?: GatewayOptions['isLabelActive'];
  logger?: Logger;
}

export interface Router {
  /** Not listening yet: `listen(server, port)`, or `server.inject` in a test. */
  readonly server: HttpServer;
  /** Answers what is under way, then closes. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Puts the router together: HTTP, identity, trusted documents, the gateway over a supergraph, the
 * record of use, Sandbox and GraphiQL.
 * @throws {Failure} bad-input when the manifests of trusted documents cannot be read, or when nothing
 *   but them may run and there is none
 */
export async function createRouter({
  config,
  supergraphSdl,
  supergraphUpdates,
  transportTo,
  fetchKeys,
  isLabelActive,
  logger: given,
}: RouterOptions): Promise<Router> {
  const logger = given ?? createLogger({ name: 'router', level: config.logLevel });
  const keys = createKeySet(fetchKeys);
  const documents = documentsOf(config);
  const apollo = new ApolloServer<RouterContext>({
    gateway: await createGateway({
      ...config,
      supergraphSdl,
      supergraphUpdates,
      transportTo,
      isLabelActive: isLabelActive ?? ((label) => config.overrideLabels.includes(label)),
      logger,
    }),
    introspection: !config.production,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => formatError(formatted, error, config.production, logger),
    stopOnTerminationSignals: false,
    stringifyResult: stringifyAnswer,
    persistedQueries: config.automaticPersistedQueries !== null && {
      cache: automaticQueries(config.automaticPersistedQueries.maxBytes),
    },
    plugins: [
      config.production
        ? ApolloServerPluginLandingPageDisabled()
        : ApolloServerPluginLandingPageLocalDefault({ embed: true, document: welcomeQuery }),
      ...(config.trustedDocuments.mode === 'log' ? [useLogOfUnlisted(documents, logger)] : []),
      ...usagePlugins(config, logger),
      useStatusForJson(),
    ],
    logger,
  });
  await apollo.start();

  let stopping: Promise<void> | undefined;
  const server = createHttpServer({
    logger,
    bodyLimitBytes: config.bodyLimitBytes,
    trustedProxies: config.trustedProxies,
    notReadyBecause: () => (stopping === undefined ? null : 'the router is stopping'),
  });
  await server.register(cors, {
    origin: config.corsOrigins.includes('*') ? true : [...config.corsOrigins],
    exposedHeaders: [requestIdHeader],
    maxAge: 3_600,
  });
  server.addHook('onRequest', async (request, reply) => {
    const requestId = requestIdOf(request.headers);
    request.headers[requestIdHeader] = requestId;
    reply.header(requestIdHeader, requestId);
  });
  const identify: Identify = async (request, gone) => {
    try {
      const { authorization } = request.headers;
      const caller = await callerOf(
        Array.isArray(authorization) ? authorization[0] : authorization,
        keys,
        config.accessToken,
      );
      return { context: routerContext(request, caller, config, gone), expiresAt: caller.expiresAt };
    } catch (error) {
      throw refusal(error);
    }
  };
  const streams = addStreams(server, { config, apollo, identify, documents, logger });
  const answerWhole = fastifyApolloHandler(apollo, {
    context: async (request, reply) => (await identify(request, goneSignal(reply.raw))).context,
  });
  server.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    preHandler: documentHook(documents, config.trustedDocuments.mode === 'only'),
    handler(request, reply) {
      return streams.takes(request) ? streams.handle(request, reply) : answerWhole.call(this, request, reply);
    },
  });
  if (!config.production) addGraphiql(server);

  return {
    server,
    stop() {
      stopping ??= (async () => {
        await server.close();
        await apollo.stop();
      })();
      return stopping;
    },
  };
}

function documentsOf({ trustedDocuments: { folder, mode } }: RouterConfig): TrustedDocuments {
  const documents = loadTrustedDocuments(folder);
  if (documents.size > 0 || mode === 'off') return documents;
  throw new Failure(
    'bad-input',
    `There is no operation in a manifest.json under ${folder}, and TRUSTED_DOCUMENTS=${mode} asks for some: make them with \`npm run operations\`, or name another folder by TRUSTED_DOCUMENTS_DIR`,
  );
}

function usagePlugins({ usage }: RouterConfig, logger: Logger): ApolloServerPlugin<RouterContext>[] {
  if (usage === null) return [];
  const start = () =>
    usageRecorder({
      // Loaded only where it is needed, as database drivers are heavy.
      openStore: async () => (await import('@stoa/usage')).openUsageStore({ url: usage.databaseUrl }),
      limits: { ...defaultUsageLimits, maxOperations: usage.maxOperations },
      flushMs: usage.flushMs,
      retentionDays: usage.retentionDays,
      logger,
    });
  return [useUsageRecorder(start)];
}

/** A refusal before the operation runs needs its HTTP status told. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: httpStatusOf(error.kind) } },
  });
}

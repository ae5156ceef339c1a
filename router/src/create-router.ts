import { ApolloServer } from '@apollo/server';
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
import { createGateway, type GatewayOptions } from './gateway/create-gateway.ts';
import { viewerOf } from './identity/access-token.ts';
import { type RouterContext, requestIdOf, routerContext } from './identity/call-context.ts';
import { createKeySet, type FetchKeys } from './identity/key-set.ts';
import { addGraphiql } from './pages/graphiql.ts';
import { welcomeQuery } from './pages/welcome-query.ts';

export interface RouterOptions {
  config: RouterConfig;
  supergraphSdl: string;
  transportTo: GatewayOptions['transportTo'];
  fetchKeys: FetchKeys;
  logger?: Logger;
}

export interface Router {
  /** Not listening yet: `listen(server, port)`, or `server.inject` in a test. */
  readonly server: HttpServer;
  /** Answers what is under way, then closes. May be called twice. */
  stop(): Promise<void>;
}

/** Puts the router together: HTTP, identity, the gateway over a supergraph, Sandbox and GraphiQL. */
export async function createRouter({
  config,
  supergraphSdl,
  transportTo,
  fetchKeys,
  logger: given,
}: RouterOptions): Promise<Router> {
  const logger = given ?? createLogger({ name: 'router', level: config.logLevel });
  const keys = createKeySet(fetchKeys);
  const apollo = new ApolloServer<RouterContext>({
    gateway: createGateway({ supergraphSdl, transportTo, logger }),
    introspection: !config.production,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => formatError(formatted, error, config.production, logger),
    stopOnTerminationSignals: false,
    plugins: [
      config.production
        ? ApolloServerPluginLandingPageDisabled()
        : ApolloServerPluginLandingPageLocalDefault({ embed: true, document: welcomeQuery }),
    ],
    logger,
  });
  await apollo.start();

  let stopping: Promise<void> | undefined;
  const server = createHttpServer({
    logger,
    bodyLimitBytes: config.bodyLimitBytes,
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
  server.route({
    url: '/graphql',
    method: ['GET', 'POST'],
    handler: fastifyApolloHandler(apollo, {
      context: async ({ headers }) => {
        try {
          return routerContext(
            headers,
            await viewerOf(headers.authorization, keys, config.accessToken),
            config,
          );
        } catch (error) {
          throw refusal(error);
        }
      },
    }),
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

/** A refusal before the operation runs needs its HTTP status told. */
function refusal(error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { code: error.code, http: { status: httpStatusOf(error.kind) } },
  });
}

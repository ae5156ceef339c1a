import type { ApolloServer } from '@apollo/server';
import proxyAddress from '@fastify/proxy-addr';
import type { HttpServer } from '@stoa/http';
import type { Logger } from '@stoa/telemetry';
import type { RouterConfig } from '../config.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { resolveDocument } from '../trusted-documents/resolve-document.ts';
import type { TrustedDocuments } from '../trusted-documents/trusted-documents.ts';
import { streamFormat } from './format-answers.ts';
import type { Identify } from './identified.ts';
import { streamEnds } from './stream-ends.ts';
import { type StreamHandler, streamHandler } from './stream-handler.ts';
import { streamCounter } from './stream-limits.ts';
import { serveWebSockets } from './web-sockets.ts';

export interface StreamsOptions {
  readonly config: RouterConfig;
  readonly apollo: ApolloServer<RouterContext>;
  readonly identify: Identify;
  readonly documents: TrustedDocuments;
  readonly logger: Logger;
}

/**
 * Everything that is answered in parts: over HTTP by the handler that is returned, and over WebSockets. All of it ends
 * when the server stops.
 */
export function addStreams(
  server: HttpServer,
  { config, apollo, identify, documents, logger }: StreamsOptions,
): StreamHandler {
  const limits = config.streams;
  const counter = streamCounter(limits);
  const format = streamFormat(config.production, logger);
  const stopping = new AbortController();
  server.addHook('preClose', async () => stopping.abort(streamEnds.stopping()));
  const isTrusted = proxyAddress.compile([...config.trustedProxies]);
  serveWebSockets(server, {
    apollo,
    identify,
    limits,
    counter,
    format,
    logger,
    longestMessageBytes: config.bodyLimitBytes,
    isAllowedOrigin: (origin) => config.corsOrigins.includes('*') || config.corsOrigins.includes(origin),
    addressOf: (request) => proxyAddress(request, isTrusted),
    resolve(request) {
      const text = resolveDocument(request, documents, config.trustedDocuments.mode === 'only');
      if (text === null) return request;
      const { persistedQuery: _, ...extensions } = request.extensions ?? {};
      return { ...request, query: text, extensions };
    },
  });
  return streamHandler({ apollo, identify, limits, counter, format, stopping: stopping.signal });
}

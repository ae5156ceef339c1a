import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger, type Logger } from '@stoa/telemetry';
import { onTestFinished } from 'vitest';
import { httpTransports } from '../../src/gateway/http/http-transports.ts';
import { createRouter, readRouterConfig } from '../../src/index.ts';
import { contextSecret, maker } from '../start-router.ts';
import { testGraph } from '../test-graph.ts';

/** Answers a request to the subgraph `prices`; `well` is what the subgraph would say. */
export type Misbehave = (response: ServerResponse, well: string, request: IncomingMessage) => void;

export interface OverHttp {
  /** What `prices` was sent so far, in order. */
  readonly asked: { readonly query: string; readonly headers: IncomingMessage['headers'] }[];
  readonly logged: Record<string, unknown>[];
  readonly url: string;
  post(query: string, signal?: AbortSignal): Promise<{ status: number; body: Answered }>;
  /** From now on, what `prices` does. */
  misbehave(next: Misbehave): void;
}

export interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly serviceName?: string };
  }[];
}

/** Answers as it should. */
export const well: Misbehave = (response, text) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);

/** A router in production that listens, over the test graph whose subgraphs are HTTP servers. Closed when the test ends. */
export async function overHttp(
  behaviour: Misbehave,
  environment: Record<string, string> = {},
): Promise<OverHttp> {
  const graph = testGraph();
  const asked: OverHttp['asked'] = [];
  const logged: OverHttp['logged'] = [];
  let current = behaviour;
  const booksUrl = await listening((request, response) =>
    answerOf(graph, 'books', request).then(({ text }) => well(response, text, request)),
  );
  const pricesUrl = await listening(async (request, response) => {
    const { query, text } = await answerOf(graph, 'prices', request);
    asked.push({ query, headers: request.headers });
    current(response, text, request);
  });
  const settings = {
    NODE_ENV: 'production',
    USAGE: 'off',
    STOA_CONTEXT_SECRET: contextSecret,
    BOOKS_URL: booksUrl,
    PRICES_URL: pricesUrl,
    ...environment,
  };
  const logger = recordingLogger(logged);
  const router = await createRouter({
    config: readRouterConfig(settings),
    supergraphSdl: graph.supergraphSdl,
    transportTo: httpTransports(settings, logger),
    fetchKeys: async () => maker.keySet,
    logger,
  });
  const url = `${await router.server.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
  onTestFinished(() => router.stop());
  return {
    asked,
    logged,
    url,
    misbehave: (next) => {
      current = next;
    },
    async post(query, signal) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
        signal,
      });
      return { status: response.status, body: (await response.json()) as Answered };
    },
  };
}

async function answerOf(graph: ReturnType<typeof testGraph>, name: string, request: IncomingMessage) {
  let body = '';
  for await (const part of request) body += part;
  const parsed = JSON.parse(body) as { query: string };
  return { query: parsed.query, text: JSON.stringify(await graph.transportTo(name).send(parsed, '', '')) };
}

/** An HTTP server on a free port, closed when the test ends. */
export async function listening(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

function recordingLogger(logged: Record<string, unknown>[]): Logger {
  const logger = createLogger({ name: 'test', level: 'silent' });
  const record = (entry: unknown) => logged.push(entry as Record<string, unknown>);
  return Object.assign(Object.create(logger), { error: record, warn: record, info: record }) as Logger;
}

import { verifyContext } from '@stoa/identity';
import { type Logger, silentLogger } from '@stoa/telemetry';
import { onTestFinished } from 'vitest';
import { createRouter, type RouterOptions, readRouterConfig, type SubgraphTransport } from '../src/index.ts';
import { testGraph } from './test-graph.ts';
import { tokenMaker } from './token-maker.ts';

/** Signs the contexts that these tests' routers pass down. */
export const contextSecret = 'the context secret of these tests, long enough';
export const maker = tokenMaker();

export interface StartOptions {
  /** Subgraphs that do not answer. */
  down?: string[];
  environment?: Record<string, string>;
  /** Stands between the router and a subgraph. */
  through?: (name: string, transport: SubgraphTransport) => SubgraphTransport;
  supergraphUpdates?: RouterOptions['supergraphUpdates'];
  logger?: Logger;
}

/** A router over the test graph, stopped when the test ends. */
export async function startRouter({
  down,
  environment = {},
  through = (_, transport) => transport,
  supergraphUpdates,
  logger = silentLogger,
}: StartOptions = {}) {
  const graph = testGraph(down);
  const router = await createRouter({
    config: readRouterConfig({
      NODE_ENV: 'test',
      STOA_CONTEXT_SECRET: contextSecret,
      BODY_LIMIT_BYTES: '5000',
      ...environment,
    }),
    supergraphSdl: graph.supergraphSdl,
    supergraphUpdates,
    transportTo: (name) => through(name, graph.transportTo(name)),
    fetchKeys: async () => maker.keySet,
    logger,
  });
  onTestFinished(() => router.stop());
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await router.server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.statusCode, headers: response.headers, body: response.json() };
  };
  const get = async (parameters: Record<string, string>) => {
    const response = await router.server.inject({
      url: `/graphql?${new URLSearchParams(parameters)}`,
      headers: { 'apollo-require-preflight': 'yes' },
    });
    return { status: response.statusCode, body: response.json() };
  };
  const sentContext = () => verifyContext(graph.sent.at(-1)?.signedContext, contextSecret);
  return { router, post, get, graph, sentContext };
}

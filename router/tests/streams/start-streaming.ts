import { listen } from '@stoa/http';
import { type Logger, silentLogger } from '@stoa/telemetry';
import { expect, onTestFinished, vi } from 'vitest';
import { createRouter, readRouterConfig, type SubgraphTransport } from '../../src/index.ts';
import { contextSecret, maker } from '../start-router.ts';
import { type OpenTicks, tickingGraph } from './ticks.ts';

export interface StreamingOptions {
  environment?: Record<string, string>;
  logger?: Logger;
  subscribe?: SubgraphTransport['subscribe'];
  /** Stands between the router and a subgraph. */
  through?: (name: string, transport: SubgraphTransport) => SubgraphTransport;
}

/** A router over the ticking graph that listens, stopped when the test ends. */
export async function startStreaming({
  environment = {},
  logger = silentLogger,
  subscribe,
  through = (_, transport) => transport,
}: StreamingOptions = {}) {
  const graph = tickingGraph(subscribe);
  let reload: (supergraphSdl: string) => void = () => {};
  const router = await createRouter({
    config: readRouterConfig({
      NODE_ENV: 'test',
      STOA_CONTEXT_SECRET: contextSecret,
      BODY_LIMIT_BYTES: '5000',
      ...environment,
    }),
    supergraphSdl: graph.supergraphSdl,
    supergraphUpdates(onUpdate) {
      reload = onUpdate;
      return () => {};
    },
    transportTo: (name) => through(name, graph.transportTo(name)),
    fetchKeys: async () => maker.keySet,
    logger,
  });
  onTestFinished(() => router.stop());
  const { port } = new URL(await listen(router.server, 0));
  /** The subscription at the subgraph that was opened as this one of all, once it is. */
  const subscription = (index = 0): Promise<OpenTicks> =>
    vi.waitFor(
      () => {
        const open = graph.opened[index];
        if (open === undefined) throw new Error('Nothing was opened at the subgraph');
        return open;
      },
      { timeout: 10_000 },
    );
  const url = `http://localhost:${port}/graphql`;
  /** Asks as a client of streams does. Its connection ends with the test. */
  const ask = async (body: object, headers: Record<string, string> = {}) => {
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify(body),
      signal: leaving.signal,
    });
    return { response, leave: () => leaving.abort(), text: reader(response) };
  };
  return {
    router,
    graph,
    url,
    port,
    ask,
    subscription,
    /** Gives the router another supergraph. */
    reload: (supergraphSdl: string) => reload(supergraphSdl),
  };
}

/** Reads a body as it comes, until what it has so far is as expected. */
function reader(response: Response) {
  // Taken when it is read: a body that has a reader cannot be read in other ways.
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const read = async () => {
    body ??= response.body?.getReader();
    return (await body?.read()) ?? { value: undefined, done: true };
  };
  const decoder = new TextDecoder();
  let text = '';
  let isOver = false;
  return {
    async until(pattern: RegExp): Promise<string> {
      while (!pattern.test(text)) {
        if (isOver) expect(text).toMatch(pattern);
        const { value, done } = await read();
        isOver = done;
        text += decoder.decode(value, { stream: !done });
      }
      return text;
    },
    async end(): Promise<string> {
      for (;;) {
        const { value, done } = await read();
        text += decoder.decode(value, { stream: !done });
        if (done) return text;
      }
    },
  };
}

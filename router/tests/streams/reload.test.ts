import type { ApolloServer } from '@apollo/server';
import { createHttpServer, listen } from '@stoa/http';
import { silentLogger } from '@stoa/telemetry';
import { createClient } from 'graphql-ws';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { RouterContext } from '../../src/identity/call-context.ts';
import { streamFormat } from '../../src/streams/format-answers.ts';
import { guardStream } from '../../src/streams/guard-stream.ts';
import { streamEnds } from '../../src/streams/stream-ends.ts';
import { streamCounter } from '../../src/streams/stream-limits.ts';
import { serveWebSockets } from '../../src/streams/web-sockets.ts';

const limits = { most: 10, mostOfCaller: 10, mostOfSocket: 10, buffered: 10, heartbeatMs: 60_000 };
const format = streamFormat(false, silentLogger);

/** A subscription that goes on, and the schema that it runs on. */
function running() {
  const served = new AbortController();
  const open = async function* (ended: AbortSignal) {
    yield { data: { ticked: 1 } };
    await new Promise<void>((resolve) => ended.addEventListener('abort', () => resolve()));
  };
  return { opened: { open, until: served.signal }, reload: () => served.abort(streamEnds.reloaded()) };
}

it('ends a stream with an error when its schema is no longer served, after what was sent before', async () => {
  const { opened, reload } = running();
  const stream = guardStream(opened, { buffered: 10, stops: [], format: format.answer });
  expect((await stream.next()).value).toEqual({ data: { ticked: 1 } });
  reload();
  const reason = await stream.next().catch((error: unknown) => error);
  expect(format.failure(reason)).toMatchObject({ extensions: { code: 'STREAM_ENDED_BY_RELOAD' } });
});

it('closes a WebSocket with 1012 then, so that its client opens all that it had again', async () => {
  const { opened, reload } = running();
  // ApolloServer as far as it takes part: it lets the gateway fill the slot.
  const apollo: Pick<ApolloServer<RouterContext>, 'executeOperation'> = {
    async executeOperation(_: unknown, options?: unknown) {
      const { contextValue } = options as { readonly contextValue: RouterContext };
      if (contextValue.stream !== undefined) contextValue.stream.opened = opened;
      return { body: { kind: 'single', singleResult: { data: null } } } as never;
    },
  };
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 1_000,
    notReadyBecause: () => null,
  });
  onTestFinished(() => server.close());
  const call = { viewer: { kind: 'guest', id: null }, clientAddress: '127.0.0.1' };
  serveWebSockets(server, {
    apollo: apollo as ApolloServer<RouterContext>,
    identify: async () => ({ context: { call } as never, expiresAt: null }),
    resolve: (request) => request,
    limits,
    counter: streamCounter(limits),
    format,
    isAllowedOrigin: () => true,
    addressOf: () => '127.0.0.1',
    longestMessageBytes: 1_000,
    logger: silentLogger,
  });
  const url = `ws://localhost:${new URL(await listen(server, 0)).port}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 });
  const answers = client.iterate({ query: 'subscription { ticked }' });
  expect((await answers.next()).value).toEqual({ data: { ticked: 1 } });
  reload();
  await expect(answers.next()).rejects.toMatchObject({
    code: 1012,
    reason: streamEnds.reloaded().message,
  });
});

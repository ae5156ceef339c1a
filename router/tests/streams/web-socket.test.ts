import { verifyContext } from '@stoa/identity';
import { type Client, type ClientOptions, CloseCode, createClient } from 'graphql-ws';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { contextSecret, maker } from '../start-router.ts';
import { type StreamingOptions, startStreaming } from './start-streaming.ts';

const ticks = { query: 'subscription { ticked { number name } }' };

/** A router, and a client of its WebSocket that has a log of how it was closed. */
async function connected(
  options: StreamingOptions = {},
  clientOptions: Partial<ClientOptions> = {},
  headers: Record<string, string> = {},
) {
  const started = await startStreaming(options);
  const closed = vi.fn();
  class Socket extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { headers });
    }
  }
  const client = createClient({
    url: started.url.replace('http', 'ws'),
    webSocketImpl: Socket,
    retryAttempts: 0,
    lazy: true,
    onNonLazyError: () => {},
    on: { closed: (event) => closed((event as CloseEvent).code, (event as CloseEvent).reason) },
    ...clientOptions,
  });
  onTestFinished(async () => {
    await client.dispose();
  });
  return { ...started, client, closed };
}

/** Opens a subscription whose answers, and whose end, nobody looks at. */
function open(client: Client): void {
  client
    .iterate(ticks)
    .next()
    .catch(() => {});
}

/** What an operation that ends by itself was answered. */
async function all(client: Client, payload: Parameters<Client['iterate']>[0]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for await (const answer of client.iterate(payload)) answers.push(answer);
  return answers;
}

describe('a WebSocket', () => {
  it('answers subscriptions, queries and mutations side by side', async () => {
    const { client, subscription } = await connected();
    const events = client.iterate({
      query: 'subscription ($from: Int) { ticked(from: $from) { number name } }',
      variables: { from: 1 },
    });
    const next = events.next();
    const open = await subscription();
    expect(await all(client, { query: '{ now }' })).toEqual([{ data: { now: 7 } }]);
    expect(await all(client, { query: 'mutation { reset }' })).toEqual([{ data: { reset: 0 } }]);
    open.tick(1);
    expect((await next).value).toEqual({ data: { ticked: { number: 1, name: 'tick 1' } } });
    open.complete();
    expect((await events.next()).done).toBe(true);
  });

  it('knows the caller by the first message, or by the opening request', async () => {
    const { client, subscription } = await connected(
      {},
      { connectionParams: { Authorization: `Bearer ${maker.token({ sub: 'u-7' })}`, 'x-channel': 'outlet' } },
    );
    const other = await connected({}, {}, { authorization: `Bearer ${maker.token({ sub: 'u-8' })}` });
    for (const [one, userId] of [
      [{ client, subscription }, 'u-7'],
      [other, 'u-8'],
    ] as const) {
      open(one.client);
      const { signedContext } = await one.subscription();
      expect(verifyContext(signedContext, contextSecret).viewer).toMatchObject({ kind: 'user', id: userId });
    }
  });

  it('ends the subscription at the subgraph when it is completed, or when the socket goes', async () => {
    const { client, subscription } = await connected();
    const first = client.iterate(ticks);
    void first.next();
    const completed = await subscription();
    await first.return?.();
    await vi.waitFor(() => expect(completed.isEnded()).toBe(true));
    open(client);
    const second = await subscription(1);
    client.terminate();
    await vi.waitFor(() => expect(second.isEnded()).toBe(true));
  });

  it.each([
    ['what does not parse', '{ now', 'GRAPHQL_PARSE_FAILED'],
    ['what is not valid', '{ then }', 'GRAPHQL_VALIDATION_FAILED'],
    ['variables that do not fit', 'subscription ($n: Int!) { ticked(from: $n) { name } }', 'BAD_USER_INPUT'],
  ])('refuses %s with an error message', async (_, query, code) => {
    const { client } = await connected();
    await expect(all(client, { query })).rejects.toMatchObject([{ extensions: { code } }]);
  });

  it('tells an error of the stream, by its code', async () => {
    const { client, subscription } = await connected({
      environment: { NODE_ENV: 'production', CORS_ORIGINS: '*' },
    });
    const answers = all(client, ticks);
    const open = await subscription();
    open.fail(new Error('read ECONNRESET http://clock.internal'));
    await expect(answers).rejects.toEqual([
      {
        message: 'The subscription at the subgraph clock was lost',
        extensions: { code: 'SUBSCRIPTION_LOST', serviceName: 'clock' },
      },
    ]);
  });

  it.each([
    ['a token that is not one', 'Bearer x.y.z', 'The access token was refused'],
    ['a token that has expired', `Bearer ${maker.token({}, { expiresIn: -5 })}`, 'it has expired'],
  ])('is closed at once for %s', async (_, authorization, reason) => {
    const { client, closed } = await connected({}, { connectionParams: { authorization } });
    await expect(all(client, ticks)).rejects.toMatchObject({ code: CloseCode.Forbidden });
    expect(closed).toHaveBeenCalledWith(CloseCode.Forbidden, expect.stringContaining(reason));
  });

  it('is closed when the access token expires, so that the client comes again with another', async () => {
    const authorization = `Bearer ${maker.token({}, { expiresIn: 2 })}`;
    const { client, closed, subscription } = await connected({}, { connectionParams: { authorization } });
    await expect(all(client, ticks)).rejects.toMatchObject({ code: CloseCode.Forbidden });
    expect(closed).toHaveBeenCalledWith(CloseCode.Forbidden, expect.stringContaining('has expired'));
    const open = await subscription();
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
  });

  it('is told that the router goes away', async () => {
    const { client, subscription, router, closed } = await connected();
    const answers = all(client, ticks);
    await subscription();
    await Promise.all([router.stop(), expect(answers).rejects.toMatchObject({ code: 1001 })]);
    expect(closed).toHaveBeenCalledWith(1001, expect.stringContaining('stopping'));
  });

  it('runs so many operations at once and no more', async () => {
    const { client, subscription } = await connected({ environment: { STREAMS_MAX_PER_SOCKET: '2' } });
    open(client);
    open(client);
    await subscription(1);
    await expect(all(client, ticks)).rejects.toMatchObject([{ extensions: { code: 'TOO_MANY_STREAMS' } }]);
  });

  it('is one of so many for a caller', async () => {
    const { client, url, subscription } = await connected({ environment: { STREAMS_MAX_PER_CALLER: '1' } });
    open(client);
    await subscription();
    const second = createClient({
      url: url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    await expect(all(second, ticks)).rejects.toMatchObject({ code: 1013 });
    await second.dispose();
  });

  it('takes trusted documents alone where nothing else may run', async () => {
    const folder = new URL('trusted', import.meta.url).pathname;
    const { client } = await connected({
      environment: { TRUSTED_DOCUMENTS: 'only', TRUSTED_DOCUMENTS_DIR: folder },
    });
    await expect(all(client, { query: '{ now }' })).rejects.toMatchObject([
      { extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } },
    ]);
    expect(
      await all(client, { query: '', extensions: { persistedQuery: { version: 1, sha256Hash: 'now-1' } } }),
    ).toEqual([{ data: { current: 7 } }]);
  });

  it('is opened for a page of the same origin, whatever other origins may', async () => {
    const environment = { CORS_ORIGINS: 'https://shop.example' };
    const { port } = await startStreaming({ environment });
    const headers = { origin: `http://localhost:${port}` };
    const socket = new WebSocket(`ws://localhost:${port}/graphql`, 'graphql-transport-ws', { headers });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.terminate();
  });

  it.each([
    [
      'a page of another site',
      { CORS_ORIGINS: 'https://shop.example' },
      { origin: 'https://evil.example' },
      '/graphql',
      403,
    ],
    ['another path', {}, {}, '/other', 404],
    ['one too many', { STREAMS_MAX: '0' }, {}, '/graphql', 503],
  ])('is not opened for %s', async (_, environment, headers, path, status) => {
    const { port } = await startStreaming({ environment });
    const socket = new WebSocket(`ws://localhost:${port}${path}`, 'graphql-transport-ws', { headers });
    const refused = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
      socket.on('error', () => {});
    });
    expect(refused).toBe(status);
  });

  it('is cut when its client does not answer pings', async () => {
    const { port, subscription } = await startStreaming({ environment: { STREAM_HEARTBEAT_MS: '50' } });
    const socket = new WebSocket(`ws://localhost:${port}/graphql`, 'graphql-transport-ws', {
      autoPong: false,
    });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.once('open', () => {
      socket.send('{"type":"connection_init"}');
      socket.once('message', () =>
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: ticks })),
      );
    });
    expect(await closed).toBe(1006);
    const open = await subscription();
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
  });
});

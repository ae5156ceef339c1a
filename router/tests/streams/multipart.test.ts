import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { Defer20220824Handler } from '@apollo/client/incremental';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startStreaming } from './start-streaming.ts';

const query = 'subscription { ticked { number name } }';
const accept = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json';

/** Subscribes with Apollo Client, and gathers what it tells. */
function watch(url: string, text = query) {
  const client = new ApolloClient({ link: new HttpLink({ uri: url }), cache: new InMemoryCache() });
  const told: unknown[] = [];
  const subscription = client.subscribe({ query: gql(text) }).subscribe({
    next: ({ data, error }) => told.push(error ?? data),
    error: (error) => told.push(error),
    complete: () => told.push('complete'),
  });
  onTestFinished(() => {
    subscription.unsubscribe();
    client.stop();
  });
  return { told, unsubscribe: () => subscription.unsubscribe() };
}

describe('a subscription of Apollo Client over HTTP', () => {
  it('has each event, past heartbeats, and completes with its source', async () => {
    const { url, subscription } = await startStreaming({ environment: { STREAM_HEARTBEAT_MS: '10' } });
    const { told } = watch(url);
    const open = await subscription();
    open.tick(1);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    open.tick(2);
    open.complete();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told).toEqual([
      { ticked: { __typename: 'Tick', number: 1, name: 'tick 1' } },
      { ticked: { __typename: 'Tick', number: 2, name: 'tick 2' } },
      'complete',
    ]);
  });

  it('ends the subscription at the subgraph when it is given up', async () => {
    const { url, subscription } = await startStreaming();
    const { unsubscribe } = watch(url);
    const open = await subscription();
    unsubscribe();
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
  });

  it('tells why the stream ended', async () => {
    const { url, subscription, router } = await startStreaming();
    const { told } = watch(url);
    await subscription();
    await router.stop();
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(0));
    const [error] = told as [CombinedProtocolErrors];
    expect(error).toBeInstanceOf(CombinedProtocolErrors);
    expect(error.errors[0]?.extensions).toEqual({ code: 'STREAM_ENDED_BY_STOP' });
  });
});

describe('an answer with @defer whose client goes', () => {
  it('is asked of no subgraph any more', async () => {
    let given: AbortSignal | undefined;
    const { ask } = await startStreaming({
      through: (name, transport) => ({
        ...transport,
        send(...request) {
          if (name !== 'names') return transport.send(...request);
          given = request[3]?.signal;
          return new Promise((_, reject) =>
            given?.addEventListener('abort', () => reject(new Error('given up'))),
          );
        },
      }),
    });
    const deferred = { query: '{ now last { number ... @defer { name } } }' };
    const { text, leave } = await ask(deferred, { accept: 'multipart/mixed;deferSpec=20220824' });
    await text.until(/hasNext/);
    await vi.waitFor(() => expect(given?.aborted).toBe(false));
    leave();
    await vi.waitFor(() => expect(given?.aborted).toBe(true));
  });
});

describe('a query of Apollo Client with @defer', () => {
  it('has the first part at once, and the rest when it comes', async () => {
    const { url } = await startStreaming();
    const client = new ApolloClient({
      link: new HttpLink({ uri: url }),
      cache: new InMemoryCache(),
      incrementalHandler: new Defer20220824Handler(),
    });
    onTestFinished(() => client.stop());
    const told: unknown[] = [];
    const query = gql`
      {
        now
        last {
          number
          ... @defer(label: "named") {
            name
          }
        }
      }
    `;
    await new Promise<void>((resolve) => {
      const watched = client.watchQuery({ query }).subscribe(({ data, dataState, error }) => {
        if (dataState === 'empty') return;
        told.push(error ?? data);
        if (dataState === 'complete') resolve();
      });
      onTestFinished(() => watched.unsubscribe());
    });
    expect(told).toEqual([
      { now: 7, last: { __typename: 'Tick', number: 5 } },
      { now: 7, last: { __typename: 'Tick', number: 5, name: 'tick 5' } },
    ]);
  });
});

describe('a query with @defer', () => {
  const query = '{ now last { number ... @defer(label: "n") { name } } }';
  const defer = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';

  it('is answered in parts, each with its boundary', async () => {
    const { ask } = await startStreaming();
    const { response, text } = await ask({ query }, { accept: defer });
    expect(response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";deferSpec=20220824',
    );
    const part = (body: string) => `\r\ncontent-type: application/json\r\n\r\n${body}\r\n--graphql`;
    expect(await text.end()).toBe(
      `\r\n--graphql${part('{"data":{"now":7,"last":{"number":5}},"hasNext":true}')}${part(
        '{"incremental":[{"label":"n","path":["last"],"data":{"name":"tick 5"}}],"hasNext":false}',
      )}--\r\n`,
    );
  });

  it('is answered in one piece when nothing is deferred', async () => {
    const { ask } = await startStreaming();
    const { response } = await ask(
      { query: '{ last { ... @defer(if: false) { number } } }' },
      { accept: defer },
    );
    expect(await response.json()).toEqual({ data: { last: { number: 5 } } });
  });

  it.each(['application/json', 'text/event-stream', accept])(
    'is refused to a client that reads no such parts: %s',
    async (other) => {
      const { ask } = await startStreaming();
      const { response } = await ask({ query }, { accept: other });
      expect(response.status).toBe(406);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: 'STREAM_NOT_ACCEPTED' } }],
      });
    },
  );
});

describe('a multipart subscription', () => {
  it('wraps each answer, sends heartbeats, and has an end', async () => {
    const { ask, subscription } = await startStreaming({ environment: { STREAM_HEARTBEAT_MS: '10' } });
    const { response, text } = await ask({ query }, { accept });
    expect(response.headers.get('content-type')).toBe(
      'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    );
    const part = (body: string) => `\r\ncontent-type: application/json\r\n\r\n${body}\r\n--graphql`;
    const start = await text.until(/{}\r\n--graphql/);
    expect(start.startsWith(`\r\n--graphql${part('{}')}`)).toBe(true);
    const open = await subscription();
    open.tick(1);
    await text.until(/payload/);
    open.complete();
    expect((await text.end()).replaceAll(part('{}'), '')).toBe(
      `\r\n--graphql${part('{"payload":{"data":{"ticked":{"number":1,"name":"tick 1"}}}}')}--\r\n`,
    );
  });

  it('answers what is no subscription in one piece, with its status', async () => {
    const { ask } = await startStreaming();
    const whole = await ask({ query: '{ now }' }, { accept });
    expect(whole.response.headers.get('content-type')).toContain('application/json');
    expect(await whole.response.json()).toEqual({ data: { now: 7 } });
    const invalid = await ask({ query: '{ then }' }, { accept });
    expect(invalid.response.status).toBe(400);
  });
});

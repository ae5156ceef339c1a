import { ApolloClient, CombinedProtocolErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
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

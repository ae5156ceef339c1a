import { createClient } from 'graphql-ws';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { SubgraphTransport } from '../../src/index.ts';
import { startStreaming } from './start-streaming.ts';

/** A router whose supergraph the test changes, with the ways to subgraphs that it holds, and requests to `names` that wait. */
async function reloading() {
  const open = new Set<SubgraphTransport>();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const started = await startStreaming({
    through(name, transport) {
      const own: SubgraphTransport = {
        ...transport,
        async send(...request) {
          if (!open.has(own)) throw new Error('this way was closed');
          if (name === 'names') {
            asked += 1;
            await held;
          }
          return transport.send(...request);
        },
        close: async () => {
          open.delete(own);
        },
      };
      open.add(own);
      return own;
    },
  });
  /** Has the next supergraph served: it has another field. */
  const reload = async () => {
    started.reload(started.graph.supergraphSdl.replace('now: Int!', 'now: Int! then: Int'));
    await vi.waitFor(
      async () => {
        const { response } = await started.ask({ query: '{ then }' }, { accept: 'application/json' });
        expect(await response.json()).not.toHaveProperty(
          'errors.0.extensions.code',
          'GRAPHQL_VALIDATION_FAILED',
        );
      },
      { timeout: 20_000 },
    );
  };
  const oldOnesAreClosed = () => vi.waitFor(() => expect(open.size).toBe(2), { timeout: 10_000 });
  return { ...started, reload, release, oldOnesAreClosed, asked: () => asked };
}

const ticks = { query: 'subscription { ticked { number } }' };

describe('another supergraph', () => {
  it('ends a subscription with its reason, also at the subgraph, and the next one is opened on it', async () => {
    const { ask, subscription, reload, oldOnesAreClosed } = await reloading();
    const { text } = await ask(ticks);
    const open = await subscription();
    open.tick(1);
    await text.until(/next/);
    await reload();
    expect(await text.end()).toContain('"code":"STREAM_ENDED_BY_RELOAD"');
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
    await oldOnesAreClosed();
    const again = await ask(ticks);
    (await subscription(1)).tick(2);
    expect(await again.text.until(/next/)).toContain('{"data":{"ticked":{"number":2}}}');
  });

  it('closes a WebSocket with subscriptions so that its client opens them again', async () => {
    const { port, subscription, reload } = await reloading();
    const closed = vi.fn();
    const client = createClient({
      url: `ws://localhost:${port}/graphql`,
      webSocketImpl: WebSocket,
      retryWait: async () => {},
      on: { closed: (event) => closed((event as { code: number }).code) },
    });
    onTestFinished(async () => client.dispose());
    const events = client.iterate(ticks);
    const next = events.next();
    await subscription();
    await reload();
    (await subscription(1)).tick(2);
    expect((await next).value).toEqual({ data: { ticked: { number: 2 } } });
    expect(closed).toHaveBeenCalledWith(1012);
  });

  it('lets an answer with @defer that is under way come to its end on the one that it began with', async () => {
    const { ask, reload, release, asked, oldOnesAreClosed } = await reloading();
    const { text } = await ask(
      { query: '{ last { number ... @defer { name } } }' },
      { accept: 'multipart/mixed;deferSpec=20220824' },
    );
    await text.until(/"hasNext":true/);
    await vi.waitFor(() => expect(asked()).toBe(1));
    await reload();
    release();
    expect(await text.end()).toContain(
      '{"incremental":[{"path":["last"],"data":{"name":"tick 5"}}],"hasNext":false}',
    );
    await oldOnesAreClosed();
  });

  it('lets a client that leaves in the middle of an answer with @defer keep nothing of the last one open', async () => {
    const { ask, reload, release, asked, oldOnesAreClosed } = await reloading();
    const { text, leave } = await ask(
      { query: '{ last { number ... @defer { name } } }' },
      { accept: 'multipart/mixed;deferSpec=20220824' },
    );
    await text.until(/"hasNext":true/);
    await vi.waitFor(() => expect(asked()).toBe(1));
    leave();
    await reload();
    release();
    await oldOnesAreClosed();
  });
});

import { verifyContext } from '@stoa/identity';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { SubgraphTransport } from '../../src/index.ts';
import { contextSecret } from '../start-router.ts';
import { startStreaming } from './start-streaming.ts';

/** A router that shares what it can, and requests to subgraphs that are held until they are released. */
async function sharing() {
  const sent: { readonly subgraph: string; readonly signedContext: string; release(): void }[] = [];
  let isHolding = false;
  const started = await startStreaming({
    environment: { SHARE_CLIENT_QUERIES: 'true' },
    through: (subgraph, transport): SubgraphTransport => ({
      ...transport,
      async send(request, signedContext, ...rest) {
        await new Promise<void>((release) => {
          sent.push({ subgraph, signedContext, release });
          if (!isHolding) release();
        });
        return transport.send(request, signedContext, ...rest);
      },
    }),
  });
  return {
    ...started,
    sent,
    hold() {
      isHolding = true;
    },
    release() {
      isHolding = false;
      for (const { release } of sent) release();
    },
    /** Waits until subgraphs were asked so often in all. */
    wasSent: (times: number) => vi.waitFor(() => expect(sent).toHaveLength(times), { timeout: 10_000 }),
  };
}

const ticks = { query: 'subscription { ticked { number name } }' };
const json = { accept: 'application/json' };
const defer = { accept: 'multipart/mixed;deferSpec=20220824' };
const now = { query: '{ now }' };

describe('where equal queries under way are shared', () => {
  it('each subscription is opened by itself, and each answers its events by itself', async () => {
    const { ask, subscription, sent } = await sharing();
    const [one, two] = [await ask(ticks), await ask(ticks)];
    const opened = [await subscription(0), await subscription(1)];
    for (const open of opened) open.tick(1);
    for (const { text } of [one, two])
      expect(await text.until(/next/)).toContain('{"data":{"ticked":{"number":1,"name":"tick 1"}}}');
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['names', 'names']);
  });

  it('a query that is asked after an event was answered does not join one that was asked before', async () => {
    const { ask, subscription, hold, release, wasSent } = await sharing();
    const { text } = await ask({ query: 'subscription { ticked { number } }' });
    const open = await subscription();
    hold();
    const before = ask(now, json);
    await wasSent(1);
    open.tick(1);
    await text.until(/next/);
    const after = ask(now, json);
    await wasSent(2);
    release();
    for (const { response } of await Promise.all([before, after]))
      expect(await response.json()).toEqual({ data: { now: 7 } });
  });

  it('equal queries with @defer ask a subgraph once, and each has parts of its own', async () => {
    const { router, ask, sent, hold, release, wasSent } = await sharing();
    const arrived = vi.fn();
    router.server.server.on('request', arrived);
    const query = '{ now last { number ... @defer { name } } }';
    hold();
    const asked = [ask({ query }, defer), ask({ query }, defer)];
    await wasSent(1);
    await vi.waitFor(() => expect(arrived).toHaveBeenCalledTimes(2));
    // One that comes after both, and is refused: it joins no other's answer.
    expect((await ask({ query }, json)).response.status).toBe(406);
    release();
    for (const { text } of await Promise.all(asked)) {
      const parts = await text.end();
      expect(parts).toContain('{"data":{"now":7,"last":{"number":5}},"hasNext":true}');
      expect(parts).toContain('{"incremental":[{"path":["last"],"data":{"name":"tick 5"}}],"hasNext":false}');
    }
    expect(sent.filter(({ subgraph }) => subgraph === 'clock').length).toBe(1);
  });
});

describe('a subscription that has been open for longer than a signed context is good for', () => {
  it('asks other subgraphs with one that is', async () => {
    const { ask, subscription, sent } = await sharing();
    const { text } = await ask(ticks);
    const open = await subscription();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    open.tick(1);
    await text.until(/next/);
    expect(() => verifyContext(open.signedContext, contextSecret)).toThrow('has expired');
    expect(verifyContext(sent[0]?.signedContext, contextSecret).viewer.kind).toBe('guest');
  });
});

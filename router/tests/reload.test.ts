import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, silentLogger } from '@stoa/telemetry';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { followSupergraph, type SubgraphTransport } from '../src/index.ts';
import { startRouter } from './start-router.ts';
import { testGraph } from './test-graph.ts';

const { supergraphSdl } = testGraph();
const query = '{ book(id: "1") { title price } }';
const answered = { data: { book: { title: 'Book 1', price: 5 } } };
/** The test graph with another field, so that it can be told which one is served. */
const version = (number: number) =>
  supergraphSdl.replace('whoami: String', `whoami: String version${number}: String`);

/** A router whose supergraph the test changes, and the transports that it holds. */
async function reloading(hold: () => Promise<void> = async () => {}) {
  let push: (sdl: string) => void = () => {};
  const open = new Set<SubgraphTransport>();
  const logged: unknown[] = [];
  const record = (entry: unknown) => logged.push(entry);
  const started = await startRouter({
    supergraphUpdates: (onUpdate) => {
      push = onUpdate;
      return () => {};
    },
    through: (_, transport) => {
      const own: SubgraphTransport = {
        async send(...request) {
          if (!open.has(own)) throw new Error('this way was closed');
          await hold();
          return transport.send(...request);
        },
        close: async () => {
          open.delete(own);
        },
      };
      open.add(own);
      return own;
    },
    logger: Object.assign(Object.create(silentLogger), { info: record, error: record }),
  });
  const isServed = async (number: number) => {
    // No subgraph has the field; one that the schema does not have is refused as such.
    const { status } = await started.post({ query: `{ version${number} }` });
    return status !== 400;
  };
  return { ...started, push: (sdl: string) => push(sdl), open, logged, isServed };
}

describe('a supergraph that changes', () => {
  it('is served thirty times over while requests go on, and leaves no way to a subgraph open behind it', async () => {
    const { post, push, open, isServed } = await reloading();
    let isOver = false;
    let sent = 0;
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!isOver) {
          expect((await post({ query })).body).toEqual(answered);
          sent += 1;
        }
      }),
    );
    for (let number = 1; number <= 30; number += 1) {
      push(version(number));
      const before = sent;
      await vi.waitFor(() => expect(sent).toBeGreaterThan(before), { interval: 1 });
    }
    await vi.waitFor(async () => expect(await isServed(30)).toBe(true), { timeout: 60_000 });
    isOver = true;
    await load;
    expect(await isServed(29)).toBe(false);
    await vi.waitFor(() => expect(open.size).toBe(2));
  }, 90_000);

  it('lets a request that is under way end on the one that it began with', async () => {
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { post, push, open, isServed, graph } = await reloading(() =>
      graph.sent.length > 0 ? held : Promise.resolve(),
    );
    // The first subgraph answers, the second is held.
    const underWay = post({ query });
    await vi.waitFor(() => expect(graph.sent).toHaveLength(1));
    push(version(1));
    await vi.waitFor(() => expect(open.size).toBe(4));
    release();
    await vi.waitFor(async () => expect(await isServed(1)).toBe(true));
    expect((await underWay).body).toEqual(answered);
    await vi.waitFor(() => expect(open.size).toBe(2));
  });

  it('has its plans made before it is served', async () => {
    const { post, push, logged } = await reloading();
    await post({ query });
    push(version(1));
    await vi.waitFor(() => expect(logged).toContainEqual({ event: 'supergraph.loaded', warmed: 1 }));
  });

  it('and is none leaves the last one in place', async () => {
    const { post, push, logged, open } = await reloading();
    push('type Query { a: Int }');
    await vi.waitFor(() =>
      expect(logged).toContainEqual(expect.objectContaining({ event: 'supergraph.refused' })),
    );
    expect((await post({ query })).body).toEqual(answered);
    expect(open.size).toBe(2);
  });
});

describe('a supergraph file', () => {
  const follow = () => {
    const folder = mkdtempSync(join(tmpdir(), 'stoa-router-'));
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(file, version(1));
    const updates: string[] = [];
    const errors: unknown[] = [];
    const logger = Object.assign(Object.create(createLogger({ name: 'test', level: 'silent' })), {
      error: (entry: unknown) => errors.push(entry),
    });
    const stop = followSupergraph(file, 5, logger)?.((sdl) => updates.push(sdl));
    onTestFinished(() => stop?.());
    return { folder, file, updates, errors };
  };

  it('is read again when it is written, or another takes its place', async () => {
    const { folder, file, updates } = follow();
    writeFileSync(file, version(22));
    await vi.waitFor(() => expect(updates).toEqual([version(22)]));
    writeFileSync(join(folder, 'next'), version(333));
    renameSync(join(folder, 'next'), file);
    await vi.waitFor(() => expect(updates).toEqual([version(22), version(333)]));
  });

  it('that is half written is passed over until it is whole', async () => {
    const { file, updates, errors } = follow();
    writeFileSync(file, version(22).slice(0, 500));
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    expect(updates).toEqual([]);
    writeFileSync(file, version(22));
    await vi.waitFor(() => expect(updates).toEqual([version(22)]));
  });

  it('is not followed when it is to be looked at never', () => {
    expect(followSupergraph('nowhere', 0, silentLogger)).toBeUndefined();
  });
});

import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import { keptPlans } from '../../src/engine/planning/kept-plans.ts';
import { plannerInPlace } from '../../src/engine/planning/planner.ts';
import { readSupergraph, type Supergraph } from '../../src/engine/supergraph.ts';
import { testGraph } from '../test-graph.ts';
import { graphOf } from './graph-of.ts';

await loadFederation();

const supergraph = readSupergraph(testGraph().supergraphSdl);
const query = 'query ($id: ID!) { book(id: $id) { title price } }';

describe('plans that are kept', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'stoa-plans-')), 'plans');
  });
  // Tried again where a file of it is still being written.
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, maxRetries: 10 }));

  /** As a process finds them that starts now; tells what another planner was asked for. */
  const started = (of: Supergraph = supergraph, options: { maxFileBytes?: number } = {}) => {
    const opened = vi.fn();
    const planned = vi.fn();
    const failed = vi.fn();
    const making = {
      open(graph: Supergraph) {
        opened();
        const own = plannerInPlace().open(graph);
        return {
          ...own,
          plan(...asked: Parameters<typeof own.plan>) {
            planned();
            return own.plan(...asked);
          },
        };
      },
      close: async () => {},
    };
    const planner = keptPlans(making, { folder, onFailed: failed, ...options }).open(of);
    const plan = (text: string, labels: ReadonlySet<string> = new Set(), operationName?: string) =>
      planner.plan(parse(text), operationName, labels);
    return { plan, opened, planned, failed };
  };
  const files = () => readdirSync(folder);
  const file = () => join(folder, files()[0] ?? '');
  const untilKept = (count: number) =>
    vi.waitFor(() => expect(readFileSync(file(), 'utf8').split('\n')).toHaveLength(count + 1));

  it('are found by the next start, which opens no other planner until another plan is wanted', async () => {
    const first = started();
    expect(first.opened).toHaveBeenCalledOnce();
    const made = await first.plan(query);
    await untilKept(1);
    const next = started();
    expect(await next.plan(query)).toEqual(withoutParsed(made));
    expect(next.opened).not.toHaveBeenCalled();
    await next.plan('{ whoami }');
    expect(next.planned).toHaveBeenCalledOnce();
    await untilKept(2);
  });

  it('are written down once, for their owner alone to read', async () => {
    const { plan } = started();
    await Promise.all([plan(query), plan(query), plan('{ whoami }')]);
    await untilKept(2);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('are of one operation and its labels', async () => {
    const two = 'query A { whoami } query B { __typename whoami }';
    const { plan } = started();
    await plan(two, new Set(), 'A');
    await plan(two, new Set(), 'B');
    await plan(two, new Set(['beta']), 'B');
    await untilKept(3);
  });

  it('are of one supergraph', async () => {
    const another = graphOf({ other: { sdl: 'type Query { whoami: ID }' } }).supergraph;
    await started().plan('{ whoami }');
    await untilKept(1);
    const { plan, planned } = started(another);
    expect((await plan('{ whoami }')).node).toMatchObject({ serviceName: 'other' });
    expect(planned).toHaveBeenCalledOnce();
  });

  it('are not of operations with texts in them, which may be passwords', async () => {
    const { plan } = started();
    await plan('{ book(id: "a secret") { title price } }');
    await plan(query);
    await untilKept(1);
    expect(readFileSync(file(), 'utf8')).not.toContain('a secret');
  });

  it('are made again where a line was not written to its end', async () => {
    await started().plan(query);
    await untilKept(1);
    const [line = ''] = readFileSync(file(), 'utf8').split('\n');
    writeFileSync(file(), `${line.slice(0, -20)}\nnonsense\n\n`);
    const { plan, planned, failed } = started();
    expect((await plan(query)).kind).toBe('QueryPlan');
    expect(planned).toHaveBeenCalledOnce();
    expect(failed).not.toHaveBeenCalled();
  });

  it('are no more than there is room for', async () => {
    const { plan } = started(supergraph, { maxFileBytes: 700 });
    await plan('{ whoami }');
    await plan(query);
    await plan('query Another { whoami }');
    await untilKept(2);
    expect(statSync(file()).size).toBeLessThan(700);
  });

  it('are made all the same, and that is told once, where they cannot be written', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const { plan, failed } = started();
    expect((await plan(query)).kind).toBe('QueryPlan');
    expect((await plan('{ whoami }')).kind).toBe('QueryPlan');
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
  });

  it('of supergraphs long gone are removed', async () => {
    await started().plan(query);
    await untilKept(1);
    const [own = ''] = files();
    for (const age of [1, 2, 3, 4, 5]) {
      appendFileSync(join(folder, `old-${age}.plans`), '');
      utimesSync(join(folder, `old-${age}.plans`), 0, 1_000_000 - age);
    }
    const another = graphOf({ other: { sdl: 'type Query { whoami: ID }' } }).supergraph;
    await started(another).plan('{ whoami }');
    await vi.waitFor(() => expect(files()).toHaveLength(4));
    expect(files()).toEqual(expect.arrayContaining([own, 'old-1.plans', 'old-2.plans']));
  });
});

function withoutParsed(plan: unknown): unknown {
  return JSON.parse(
    JSON.stringify(plan, (key, value) => (key === 'operationDocumentNode' ? undefined : value)),
  );
}

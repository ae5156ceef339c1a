import { resolve } from 'node:path';
import { parse, print } from 'graphql';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import { compiledOperations } from '../../src/engine/operation/compiled-operations.ts';
import { operationKey } from '../../src/engine/operation/operation-key.ts';
import { prepareOperation } from '../../src/engine/operation/prepare-operation.ts';
import { type Planner, plannerInPlace } from '../../src/engine/planning/planner.ts';
import { plannerThread } from '../../src/engine/planning/planner-thread.ts';
import { readSupergraph } from '../../src/engine/supergraph.ts';
import { testGraph } from '../test-graph.ts';
import { graphOf } from './graph-of.ts';

await loadFederation();

const { supergraphSdl } = testGraph();
const none: ReadonlySet<string> = new Set();
const ticking = graphOf({
  clock: {
    sdl: `type Query { now: Int! last: Tick } type Subscription { ticked: Tick }
      type Tick @key(fields: "number") { number: Int! note: String }`,
  },
  names: {
    sdl: `type Tick @key(fields: "number") {
        number: Int! name: String note: String @override(from: "clock", label: "beta") }`,
  },
});

/** Compiled operations of the test graph, and how many plans were made. */
function operationsOf({
  maxBytes = 1_000_000,
  planner = plannerInPlace(),
}: {
  maxBytes?: number;
  planner?: Planner;
} = {}) {
  const supergraph = readSupergraph(supergraphSdl);
  const own = planner.open(supergraph);
  let planned = 0;
  const operations = compiledOperations({
    supergraph,
    maxBytes,
    planner: {
      ...own,
      plan(document, operationName, labels) {
        planned += 1;
        return own.plan(document, operationName, labels);
      },
    },
  });
  return {
    operations,
    planned: () => planned,
    find: (query: string, operationName?: string) =>
      operations.find(query, { document: parse(query), operationName, labels: none }),
  };
}

describe('a plan', () => {
  it('is made once for all who ask for the operation at the same time, and kept', async () => {
    const { find, planned } = operationsOf();
    const query = '{ book(id: "1") { title price } }';
    const found = await Promise.all([find(query), find(query), find(query)]);
    expect(await find(query)).toBe(found[0]);
    expect(planned()).toBe(1);
  });

  it.each([
    ['spaces and comments', '# a\n query Q { whoami   book(id: "1") { ...A } } fragment A on Book { title }'],
    ['names of fragments', 'query Q { whoami book(id: "1") { ...B } } fragment B on Book { title }'],
    [
      'the other operations of the document',
      'query Q { whoami book(id: "1") { ...A } } fragment A on Book { title } query R { whoami }',
    ],
  ])('serves an operation that differs in %s', async (_, other) => {
    const { find, planned } = operationsOf();
    const query = 'query Q { whoami book(id: "1") { ...A } } fragment A on Book { title }';
    expect((await find(other, 'Q')).compiled).toBe((await find(query, 'Q')).compiled);
    expect(planned()).toBe(1);
  });

  it.each([
    ['its name', 'query R { whoami }', 'R'],
    ['an alias', 'query Q { me: whoami }', 'Q'],
    ['a value', 'query Q { book(id: "2") { title } }', 'Q'],
  ])('serves no operation that differs in %s', (_, other, name) => {
    const query = 'query Q { whoami }';
    expect(operationKey(parse(other), name)).not.toBe(operationKey(parse(query), 'Q'));
  });

  it('that nobody has asked for lately gives way', async () => {
    const { find, planned } = operationsOf({ maxBytes: 40_000 });
    for (const id of [1, 2, 1, 3, 1]) await find(`{ book(id: "${id}") { title } }`);
    expect(planned()).toBe(3);
    for (let id = 4; id < 20; id += 1) await find(`{ book(id: "${id}") { title } }`);
    await find('{ book(id: "1") { title } }');
    expect(planned()).toBe(20);
  });

  it('that is larger than all the memory for them is not kept, and drives out no other', async () => {
    const { find, planned } = operationsOf({ maxBytes: 100_000 });
    const small = ['1', '2', '3'].map((id) => `{ book(id: "${id}") { title } }`);
    const large = `{ ${Array.from({ length: 200 }, (_, at) => `a${at}: book(id: "${at}") { title }`).join(' ')} }`;
    for (const query of [...small, large, ...small]) await find(query);
    expect(planned()).toBe(4);
    await find(large);
    expect(planned()).toBe(5);
  });

  it('that could not be made is tried again', async () => {
    const inPlace = plannerInPlace();
    const plan = vi.fn().mockRejectedValueOnce(new Error('Not now'));
    const { find, planned } = operationsOf({
      planner: {
        ...inPlace,
        open(supergraph) {
          const graph = inPlace.open(supergraph);
          plan.mockImplementation(graph.plan);
          return { ...graph, plan };
        },
      },
    });
    await expect(find('{ whoami }')).rejects.toThrow('Not now');
    await find('{ whoami }');
    expect(planned()).toBe(2);
  });

  it('that cannot be made in parts is made for the whole, which is told with the name of the operation', async () => {
    const { supergraph } = ticking;
    const inPlace = plannerInPlace().open(supergraph);
    const told = vi.fn();
    const operations = compiledOperations({
      supergraph,
      maxBytes: 1_000_000,
      onNotDeferred: told,
      planner: {
        ...inPlace,
        plan: async (document, ...rest) => {
          if (print(document).includes('@defer')) throw new Error('No plan in parts');
          return inPlace.plan(document, ...rest);
        },
      },
    });
    const query = 'query Last { now last { number ... @defer { name } } }';
    const sent = { document: parse(query), operationName: undefined, labels: none };
    const { compiled } = await operations.find(query, sent);
    if (compiled.kind === 'subscription') throw new Error('Expected a query');
    expect(compiled.executeInParts({})).toBeNull();
    expect(told.mock.calls).toEqual([['Last', new Error('No plan in parts')]]);
  });

  it('is not made for an operation that the document does not have', async () => {
    const { find, planned } = operationsOf();
    await expect(find('query A { whoami } query B { whoami }', 'C')).rejects.toThrow('C');
    expect(planned()).toBe(0);
  });

  it('is made for each set of labels of @override that is active, once', async () => {
    const { supergraph } = ticking;
    const planner = plannerInPlace().open(supergraph);
    const operations = compiledOperations({ supergraph, planner, maxBytes: 1_000_000 });
    const find = (labels: ReadonlySet<string>) =>
      operations.find('q', { document: parse('{ last { note } }'), operationName: undefined, labels });
    const [without, withBeta] = [await find(none), await find(new Set(['beta']))];
    expect(withBeta.compiled).not.toBe(without.compiled);
    expect(withBeta.key).not.toBe(without.key);
    expect((await find(new Set(['beta']))).compiled).toBe(withBeta.compiled);
  });

  it('is made ahead for the operations that were used most, where they are still valid', async () => {
    const before = operationsOf();
    await before.find('{ whoami }');
    for (let use = 0; use < 3; use += 1) await before.find('{ book(id: "1") { title } }');
    const [most] = before.operations.mostUsed(1);
    expect(most?.uses).toBe(3);

    const next = operationsOf();
    const gone = { document: parse('{ gone }'), operationName: undefined, labels: none, uses: 9 };
    expect(await next.operations.warm([gone, ...before.operations.mostUsed(5)])).toBe(2);
    await next.find('{ book(id: "1") { title } }');
    expect(next.planned()).toBe(2);
  });
});

describe('the thread that plans', () => {
  const threadFor = (options: { program?: string; idleMs?: number } = {}) => {
    const ended: Error[] = [];
    const planner = plannerThread({ onEnded: (error) => ended.push(error), ...options });
    onTestFinished(() => planner.close());
    return { planner, ended };
  };

  it('makes the plans that are made in place, for several supergraphs', async () => {
    const { planner, ended } = threadFor();
    const supergraph = readSupergraph(supergraphSdl);
    const document = parse('query Q($id: ID!) { book(id: $id) { title price ... on Named { name } } }');
    const [one, two] = [planner.open(supergraph), planner.open(supergraph)];
    const inPlace = JSON.parse(JSON.stringify(supergraph.plan(document, 'Q')));
    const plans = await Promise.all([one.plan(document, 'Q', none), two.plan(document, 'Q', none)]);
    // Parsed forms of a subgraph's operation stay in the thread.
    expect(plans).toEqual([withoutParsed(inPlace), withoutParsed(inPlace)]);
    one.close();
    expect(await two.plan(document, 'Q', none)).toEqual(plans[0]);
    expect(ended).toEqual([]);
  });

  it.each([
    ['a subscription', 'subscription { ticked { number name } }', none],
    ['fragments with @defer', '{ now last { number ... @defer(label: "n") { name } } }', none],
    ['a label of @override that is not active', '{ last { note } }', none],
    ['a label of @override that is active', '{ last { note } }', new Set(['beta'])],
  ])('makes the plan that is made in place for %s', async (_, query, labels) => {
    const { planner, ended } = threadFor();
    const { supergraph } = ticking;
    const { toPlan } = prepareOperation(supergraph, parse(query), undefined);
    const inPlace = JSON.parse(JSON.stringify(supergraph.plan(toPlan, undefined, labels)));
    expect(await planner.open(supergraph).plan(toPlan, undefined, labels)).toEqual(withoutParsed(inPlace));
    expect(ended).toEqual([]);
  });

  it('tells why there is no plan', async () => {
    const { planner } = threadFor();
    const graph = planner.open(readSupergraph(supergraphSdl));
    await expect(graph.plan(parse('query A { whoami }'), 'B', none)).rejects.toThrow('B');
  });

  it('ends when it has had nothing to do, and starts again for the next plan', async () => {
    const program = resolve(import.meta.dirname, 'telling-planner.ts');
    const { planner, ended } = threadFor({ program, idleMs: 20 });
    const supergraph = readSupergraph(supergraphSdl);
    const [one, two] = [planner.open(supergraph), planner.open(supergraph)];
    const told = async (graph: typeof one) => {
      const plan: unknown = await graph.plan(parse('{ whoami }'), undefined, none);
      return plan as { threadId: number; graphs: readonly number[]; graph: number };
    };
    const first = await told(one);
    expect(first.graphs).toHaveLength(2);
    one.close();
    const later = await vi.waitFor(
      async () => {
        const next = await told(two);
        expect(next.threadId).not.toBe(first.threadId);
        return next;
      },
      { interval: 100, timeout: 20_000 },
    );
    expect(later.graphs).toEqual([later.graph]);
    expect(ended).toEqual([]);
  });

  it('leaves plans that wait for it when it is closed, and later ones, to be made in place', async () => {
    const { planner, ended } = threadFor();
    const graph = planner.open(readSupergraph(supergraphSdl));
    const waiting = graph.plan(parse('{ whoami }'), undefined, none);
    await planner.close();
    expect((await waiting).kind).toBe('QueryPlan');
    expect((await graph.plan(parse('{ whoami }'), undefined, none)).kind).toBe('QueryPlan');
    expect(ended).toEqual([]);
  });

  it('is done without when it does not start', async () => {
    const { planner, ended } = threadFor({ program: 'nowhere.ts' });
    const graph = planner.open(readSupergraph(supergraphSdl));
    expect((await graph.plan(parse('{ whoami }'), undefined, none)).node).toMatchObject({
      serviceName: 'books',
    });
    expect(ended).toHaveLength(1);
    expect((await graph.plan(parse('{ whoami }'), undefined, none)).node).toMatchObject({
      serviceName: 'books',
    });
  });
});

function withoutParsed(plan: unknown): unknown {
  return JSON.parse(
    JSON.stringify(plan, (key, value) => (key === 'operationDocumentNode' ? undefined : value)),
  );
}

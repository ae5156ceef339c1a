import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { activeLabels } from '../../src/gateway/active-labels.ts';
import { graphOf } from './graph-of.ts';

const old = {
  sdl: `type Query { products: [Product] }
    type Product @key(fields: "id") { id: ID! stock: String note: String name: String }`,
  resolvers: {
    Query: { products: () => [{ id: '1' }] },
    Product: { stock: () => 'old', note: () => 'old', name: () => 'Lamp' },
  },
};
const successor = {
  sdl: `type Product @key(fields: "id") { id: ID! stock: String @override(from: "old", label: "percent(25)")
    note: String @override(from: "old", label: "beta") }`,
  resolvers: { Product: { stock: () => 'new', note: () => 'new' } },
};

it.each([
  [[], { stock: 'old', note: 'old' }, ['old']],
  [['percent(25)'], { stock: 'new', note: 'old' }, ['old', 'successor']],
  [['beta'], { stock: 'old', note: 'new' }, ['old', 'successor']],
  [['beta', 'percent(25)'], { stock: 'new', note: 'new' }, ['old', 'successor']],
])('asks the subgraph that overrides while a label is active: %j', async (labels, product, asked) => {
  const graph = graphOf({ old, successor }, new Set(labels));
  expect((await graph.ask('{ products { stock note } }')).data).toEqual({ products: [product] });
  expect(graph.requests.map(({ subgraph }) => subgraph)).toEqual(asked);
});

it('asks the other while none is, and plans depend on no label that they do not touch', () => {
  const { supergraph } = graphOf({ old, successor });
  expect([...supergraph.overrideLabels.all].sort()).toEqual(['beta', 'percent(25)']);
  const labelsOf = (query: string) => supergraph.overrideLabels.of(parse(query));
  expect(labelsOf('{ products { name } }')).toEqual([]);
  expect(labelsOf('{ products { ...F } } fragment F on Product { note }')).toEqual(['beta']);
  expect(labelsOf('{ products { note stock } }')).toEqual(['beta', 'percent(25)']);
});

describe('the labels of a request', () => {
  const decide = (labels: readonly string[], chance: number) =>
    activeLabels(
      labels,
      'request',
      (label, request) => label === 'beta' && request === 'request',
      () => chance,
    );

  it.each([
    [0, ['percent(25)', 'percent(0.5)']],
    [0.1, ['percent(25)']],
    [0.25, []],
    [0.999, []],
  ])('are active by chance as they say: %d', async (chance, expected) => {
    expect([...(await decide(['percent(25)', 'percent(0)', 'percent(0.5)'], chance))]).toEqual(expected);
    expect(await decide(['percent(100)'], chance)).toContain('percent(100)');
  });

  it('are left to whoever knows when they are custom ones', async () => {
    expect([...(await decide(['beta', 'alpha'], 0))]).toEqual(['beta']);
  });
});

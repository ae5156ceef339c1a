import { describe, expect, it } from 'vitest';
import { graphOf, seen } from './graph-of.ts';

const catalog = {
  sdl: `type Query { products: [Product] first: Product! }
    type Product @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      products: () => [
        { id: '1', name: 'Lamp' },
        null,
        { id: '2', name: 'Chair' },
        { id: '1', name: 'Lamp' },
      ],
      first: () => ({ id: '1', name: 'Lamp' }),
    },
  },
};
const stockSdl = 'type Product @key(fields: "id") { id: ID! stock: Int! note: String }';

/** A second subgraph that does what is told. */
const graphWith = (answer: (ids: readonly string[]) => unknown) =>
  graphOf({
    catalog,
    stock: {
      sdl: stockSdl,
      answer: ({ variables }) => answer((variables.representations as { id: string }[]).map(({ id }) => id)),
    },
  });

describe('an entity that is in several places', () => {
  it('is asked for once, and added everywhere', async () => {
    const graph = graphWith((ids) => ({
      data: { _entities: ids.map((id) => ({ stock: Number(id) * 10 })) },
    }));
    expect((await graph.ask('{ products { name stock } }')).data).toEqual({
      products: [
        { name: 'Lamp', stock: 10 },
        null,
        { name: 'Chair', stock: 20 },
        { name: 'Lamp', stock: 10 },
      ],
    });
    expect(graph.requests[1]?.variables.representations).toEqual([
      { __typename: 'Product', id: '1' },
      { __typename: 'Product', id: '2' },
    ]);
  });

  it('has its error in each of them, at the right index', async () => {
    const graph = graphWith((ids) => ({
      data: { _entities: ids.map(() => ({ stock: 1, note: null })) },
      errors: [{ message: 'No note', path: ['_entities', 0, 'note'], extensions: { code: 'NOTE_LOST' } }],
    }));
    const { data, errors } = await graph.ask('{ products { note } }');
    expect(seen(errors)).toEqual([
      { path: ['products', 0, 'note'], code: 'NOTE_LOST', subgraph: 'stock' },
      { path: ['products', 3, 'note'], code: 'NOTE_LOST', subgraph: 'stock' },
    ]);
    expect(data?.products).toEqual([{ note: null }, null, { note: null }, { note: null }]);
  });

  it('is null where it is not known, with an error for what may not be null', async () => {
    const graph = graphWith((ids) => ({
      data: { _entities: ids.map((id) => (id === '2' ? null : { stock: 1 })) },
    }));
    const { data, errors } = await graph.ask('{ products { stock } }');
    expect(data?.products).toEqual([{ stock: 1 }, null, null, { stock: 1 }]);
    expect(seen(errors)).toEqual([
      { path: ['products', 2, 'stock'], code: 'NON_NULL_VIOLATED', subgraph: undefined },
    ]);
  });
});

describe.each<[string, (ids: readonly string[]) => unknown, string]>([
  [
    'does not answer',
    () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:4004')),
    'SUBGRAPH_UNAVAILABLE',
  ],
  ['answers with fewer entities', () => ({ data: { _entities: [{ stock: 1 }] } }), 'SUBGRAPH_MALFORMED'],
  ['answers with no list of entities', () => ({ data: { _entities: 'none' } }), 'SUBGRAPH_MALFORMED'],
  ['answers without data', () => ({ data: null }), 'SUBGRAPH_MALFORMED'],
  [
    'answers with an error and nothing else',
    () => ({ data: null, errors: [{ message: 'out of order' }] }),
    'DOWNSTREAM_SERVICE_ERROR',
  ],
])('a subgraph that %s', (_, answer, code) => {
  it('leaves the rest of the answer, and one error with a path, a code and its name', async () => {
    const { data, errors } = await graphWith(answer).ask('{ products { name note } }');
    expect(data?.products).toEqual([
      { name: 'Lamp', note: null },
      null,
      { name: 'Chair', note: null },
      { name: 'Lamp', note: null },
    ]);
    expect(seen(errors)).toEqual([{ path: ['products'], code, subgraph: 'stock' }]);
    expect(JSON.stringify(errors)).not.toMatch(/10\.0\.0\.7|4004/);
  });

  it('nulls what may not be null, up to where it may, and says no more about it', async () => {
    const { data, errors } = await graphWith(answer).ask('{ products { name stock } }');
    expect(data).toEqual({ products: [null, null, null, null] });
    expect(errors).toHaveLength(1);
  });
});

it('answers nothing at all when what may not be null goes up to the root', async () => {
  const { data, errors } = await graphWith(() => ({ data: { _entities: [null] } })).ask(
    '{ first { stock } }',
  );
  expect(data).toBeNull();
  expect(seen(errors)).toEqual([
    { path: ['first', 'stock'], code: 'NON_NULL_VIOLATED', subgraph: undefined },
  ]);
});

it('says what was null that may not be, also when something else went wrong', async () => {
  const graph = graphOf({
    catalog: {
      ...catalog,
      answer: () => ({
        data: { products: [{ __typename: 'Product', id: null, name: null }] },
        errors: [{ message: 'No name', path: ['products', 0, 'name'] }],
      }),
    },
  });
  const { data, errors } = await graph.ask('{ products { id name } }');
  expect(data).toEqual({ products: [null] });
  expect(seen(errors)).toEqual([
    { path: ['products', 0, 'name'], code: 'DOWNSTREAM_SERVICE_ERROR', subgraph: 'catalog' },
    { path: ['products', 0, 'id'], code: 'NON_NULL_VIOLATED', subgraph: undefined },
  ]);
});

it.each([
  ['a scalar', { id: '1', name: 7 }],
  ['a list', { id: '1', name: ['Lamp'] }],
])('takes no %s of another type for an answer', async (_, product) => {
  const graph = graphOf({ catalog: { ...catalog, answer: () => ({ data: { products: [product] } }) } });
  const { data, errors } = await graph.ask('{ products { name } }');
  expect(data).toEqual({ products: [{ name: null }] });
  expect(seen(errors)).toEqual([
    { path: ['products', 0, 'name'], code: 'SUBGRAPH_MALFORMED', subgraph: undefined },
  ]);
});

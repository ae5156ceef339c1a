import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CompiledQueries, compiledQueries } from './compiled-queries.ts';
import { documentReader } from './documents.ts';
import { resolveEntitiesAtOnce } from './resolve-entities.ts';
import { runOperation } from './run-operation.ts';

const typeDefs = parse(/* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  interface Named { name(upper: Boolean = false): String }
  type Book implements Named @key(fields: "id") {
    id: ID!
    name(upper: Boolean = false): String
    pages: Int!
    kind: Kind
    shelf: Shelf!
    others(first: Int): [Book]!
  }
  type Shelf implements Named { name(upper: Boolean = false): String books: BookConnection! bad: String! }
  type BookConnection { totalCount: Int! nodes: [Book!]! }
  union Found = Book | Shelf
  enum Kind { PAPER FILM }
  input Range { from: Int = 1 to: Int! }
  type Query {
    book(id: ID!): Book
    books(range: Range, ids: [ID!]): [Book]
    found: [Found]!
    named: Named
    bad: Shelf
    broken: [Book]!
    lazily: Book
    calls: Int!
  }
  type Mutation { bump: Int! }
`);

let calls = 0;
const name = (source: { name: string }, { upper }: { upper: boolean }) =>
  upper ? source.name.toUpperCase() : source.name;
const book = (id: string) => ({
  __typename: 'Book',
  id,
  name: `Book ${id}`,
  get pages() {
    return 100;
  },
  kind: id === '2' ? null : 'PAPER',
});
const shelf = {
  __typename: 'Shelf',
  name: 'Top',
  books: { totalCount: async () => 3, nodes: [book('1'), book('2')] },
};
const resolvers = {
  Query: {
    book: async (_: unknown, { id }: { id: string }) => (id === 'none' ? null : book(id)),
    books: (_: unknown, { range, ids }: { range?: { from: number; to: number }; ids?: string[] }) =>
      ids === undefined
        ? [book(String(range?.from)), null, book(String(range?.to))]
        : ids.map(async (id) => book(id)),
    found: () => [book('1'), shelf, null],
    named: () => shelf,
    bad: async () => shelf,
    broken: () => [
      new Error('Not this one'),
      Promise.reject(new Error('Nor this')),
      { id: '3', kind: 'STONE' },
    ],
    // biome-ignore lint/suspicious/noThenProperty: as a query that is run when it is awaited
    lazily: () => ({ then: (found: (value: unknown) => void) => found(book('6')) }),
    calls: () => {
      calls += 1;
      return calls;
    },
  },
  Mutation: {
    bump: () => {
      calls += 1;
      return calls;
    },
  },
  Named: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
  Book: {
    __resolveReference: async ({ id }: { id: string }) => (id === 'none' ? null : book(id)),
    name,
    shelf: async () => shelf,
    others: (_: unknown, { first }: { first?: number | null }) => [book('8'), null].slice(0, first ?? 2),
  },
  Shelf: {
    name,
    bad: async () => {
      throw new Error('It fell down');
    },
  },
};
const schema = buildSubgraphSchema({ typeDefs, resolvers });
resolveEntitiesAtOnce(schema);

/** Runs operations once each by graphql-js alone, and where it may be by the compiled form. */
function runner() {
  const compiled = compiledQueries(schema);
  let isCompiled = false;
  let hasAnswered = false;
  const spying: CompiledQueries = (...request) => {
    const found = compiled(...request);
    isCompiled = found !== null;
    return found === null
      ? null
      : async (...values) => {
          const data = await found(...values);
          hasAnswered = data !== null;
          return data;
        };
  };
  const source = { schema, documents: documentReader(schema), formatError: <E>(formatted: E) => formatted };
  const plain = (query: string, variables?: Record<string, unknown>) =>
    runOperation({ ...source, compiled: () => null }, { query, variables }, {});
  const run = (query: string, variables?: Record<string, unknown>) =>
    runOperation({ ...source, compiled: spying }, { query, variables }, {});
  return { plain, run, wasCompiled: () => isCompiled, hasAnswered: () => hasAnswered };
}

const written = (answer: unknown) => JSON.stringify(answer);

describe('a query that comes again', () => {
  beforeEach(() => {
    calls = 0;
  });

  it.each<[string, Record<string, unknown>?]>([
    ['{ book(id: "1") { id title: name pages kind } __typename }'],
    ['{ book(id: "none") { id } }'],
    ['query ($id: ID!) { book(id: $id) { name(upper: true) again: name shelf { name } } }', { id: '7' }],
    ['query ($id: ID!) { book(id: $id) { id } }', {}],
    ['query ($id: ID!) { book(id: $id) { id } }', { id: null }],
    ['query ($id: ID!) { book(id: $id) { id } }', { id: { no: 1 } }],
    ['query ($range: Range) { books(range: $range) { id kind } }', { range: { to: 4 } }],
    ['query ($range: Range) { books(range: $range) { id kind } }', { range: { from: 1 } }],
    ['query ($to: Int! = 9) { books(range: { from: 3, to: $to }) { id } }', {}],
    ['query ($range: Range! = { to: 5 }) { books(range: $range) { id } }', {}],
    ['query ($ids: [ID!]! = ["5"]) { books(ids: $ids) { id } }', { ids: null }],
    ['query ($ids: [ID!]) { books(ids: $ids) { id others(first: 1) { id } } }', { ids: ['3', '4'] }],
    ['query ($n: Int) { book(id: "1") { others(first: $n) { id } } }', { n: null }],
    ['query ($n: Int) { book(id: "1") { others(first: $n) { id } } }', {}],
    [
      '{ found { __typename ... on Book { id } ... on Named { name } ... on Shelf { books { totalCount } } } }',
    ],
    ['{ named { name ...More } } fragment More on Shelf { books { totalCount nodes { id } } }'],
    [
      'query ($no: Boolean!) { book(id: "1") { id @skip(if: $no) name @include(if: $no) ...B @include(if: $no) } } fragment B on Book { pages }',
      { no: true },
    ],
    [
      'query ($no: Boolean!) { book(id: "1") { id @skip(if: $no) name @include(if: $no) ...B @include(if: $no) } } fragment B on Book { pages }',
      { no: false },
    ],
    ['{ bad { name bad } book(id: "1") { shelf { bad } } }'],
    ['{ book(id: "1") { id } book(id: "1") { name shelf { name } shelf { books { nodes { pages } } } } }'],
    [
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { id name } } }',
      {
        of: [
          { __typename: 'Book', id: '1' },
          { __typename: 'Book', id: 'none' },
          { __typename: 'Book', id: '2' },
        ],
      },
    ],
    ['query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { id } } }', { of: [null] }],
    [
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { id } } }',
      { of: { __typename: 'Book', id: '1' } },
    ],
    ['query ($no: Boolean = true) { book(id: "1") { id @skip(if: $no) kind } }', { no: false }],
    ['query ($no: Boolean = true) { book(id: "1") { id @skip(if: $no) kind } }', { no: null }],
    ['{ book(id: "1") { __proto__: id constructor: name } }'],
    ['{ broken { id kind } }'],
    ['{ broken { id } }'],
    ['{ lazily { id } }'],
  ])('is answered as graphql-js does: %s %j', async (query, variables) => {
    const { plain, run, wasCompiled, hasAnswered } = runner();
    const answer = await plain(query, variables);
    const expected = written(answer);
    expect(written(await run(query, variables))).toBe(expected);
    expect(wasCompiled()).toBe(false);
    expect(written(await run(query, variables))).toBe(expected);
    expect(wasCompiled()).toBe(true);
    expect(written(await run(query, variables))).toBe(expected);
    // What went well was not executed once more.
    expect(hasAnswered()).toBe(answer.errors === undefined);
  });

  it('is compiled neither for a mutation nor for introspection', async () => {
    const { run, wasCompiled } = runner();
    for (const query of ['mutation { bump }', '{ __schema { queryType { name } } }']) {
      for (let time = 0; time < 3; time += 1) expect((await run(query)).errors).toBeUndefined();
      expect(wasCompiled()).toBe(false);
    }
    expect(calls).toBe(3);
  });

  it('asks its resolvers once', async () => {
    const { run } = runner();
    for (let time = 1; time < 4; time += 1) expect((await run('{ calls }')).data).toEqual({ calls: time });
  });

  it('is compiled by its name where a document has several', async () => {
    const { run, wasCompiled } = runner();
    const document = 'query A { calls } query B { book(id: "1") { id } }';
    const compiled = compiledQueries(schema);
    const parsed = parse(document);
    expect(compiled(parsed, 'A')).toBeNull();
    expect(compiled(parsed, 'A')).not.toBeNull();
    expect(compiled(parsed, 'B')).not.toBe(compiled(parsed, 'A'));
    expect(compiled(parsed, 'C')).toBeNull();
    expect(compiled(parsed, undefined)).toBeNull();
    expect((await run(document)).errors).toHaveLength(1);
    expect(wasCompiled()).toBe(false);
  });
});

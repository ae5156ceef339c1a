import { describe, expect, it } from 'vitest';
import type { AnswerPart } from '../../src/engine/operation/compiled-operation.ts';
import { graphOf, type SubgraphOfTest, seen } from './graph-of.ts';

const productOf = (id: string) => ({ id, name: `Product ${id}`, maker: { id: `m${id}` } });
const catalog: SubgraphOfTest = {
  sdl: `type Query { products: [Product] first: Product! things: [Thing!]! }
    type Mutation { rename(name: String!): Product }
    interface Thing { id: ID! }
    type Product implements Thing @key(fields: "id") { id: ID! name: String maker: Maker }
    type Service implements Thing @key(fields: "id") { id: ID! hours: Int }
    type Maker @key(fields: "id") { id: ID! name: String }`,
  resolvers: {
    Query: {
      products: () => [productOf('1'), null, productOf('2')],
      first: () => productOf('1'),
      things: () => [
        { __typename: 'Service', id: '9', hours: 3 },
        { __typename: 'Product', ...productOf('1') },
      ],
    },
    Mutation: { rename: (_: unknown, { name }: { name: string }) => ({ ...productOf('1'), name }) },
    Product: { __resolveReference: ({ id }: { id: string }) => productOf(id) },
    Service: { __resolveReference: ({ id }: { id: string }) => ({ id, hours: 3 }) },
    Maker: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }) => `Maker ${id}`,
    },
  },
};
const reviewsSdl = `type Product @key(fields: "id") { id: ID! reviews: [Review!]! rating: Int! }
  type Review @key(fields: "id") { id: ID! text: String author: Maker } type Maker @key(fields: "id") { id: ID! age: Int! }`;
const reviews: SubgraphOfTest = {
  sdl: reviewsSdl,
  resolvers: {
    Product: {
      reviews: ({ id }: { id: string }) => [{ id: `r${id}`, text: `Review of ${id}`, author: { id: 'm7' } }],
      rating: ({ id }: { id: string }) => Number(id) * 2,
    },
    Review: { __resolveReference: ({ id }: { id: string }) => ({ id, author: { id: 'm7' } }) },
    Maker: { age: () => 50 },
  },
};
const graph = () => graphOf({ catalog, reviews });

async function all(parts: AsyncIterable<AnswerPart> | null): Promise<AnswerPart[]> {
  const found: AnswerPart[] = [];
  if (parts === null) throw new Error('Nothing is deferred');
  for await (const part of parts) found.push(part);
  return found;
}

describe('a fragment with @defer', () => {
  it('is answered after the rest, for each object of a list, with its label', async () => {
    const parts = await all(
      graph().askInParts('{ products { name ... on Product @defer(label: "r") { reviews { text } } } }'),
    );
    expect(parts).toEqual([
      { data: { products: [{ name: 'Product 1' }, null, { name: 'Product 2' }] }, hasNext: true },
      {
        incremental: [
          { label: 'r', path: ['products', 0], data: { reviews: [{ text: 'Review of 1' }] } },
          { label: 'r', path: ['products', 2], data: { reviews: [{ text: 'Review of 2' }] } },
        ],
        hasNext: false,
      },
    ]);
  });

  it('keeps nothing waiting that does not need it', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const asked = graphOf({
      catalog,
      reviews: {
        ...reviews,
        async answer({ variables }) {
          await held;
          const entities = variables.representations as { id: string }[];
          return { data: { _entities: entities.map(({ id }) => ({ rating: Number(id) })) } };
        },
      },
    });
    const parts = asked.askInParts('{ first { name ... @defer { rating } } }')?.[Symbol.asyncIterator]();
    expect((await parts?.next())?.value).toEqual({ data: { first: { name: 'Product 1' } }, hasNext: true });
    release();
    expect((await parts?.next())?.value).toEqual({
      incremental: [{ path: ['first'], data: { rating: 1 } }],
      hasNext: false,
    });
  });

  it('may be named, hold others, hide a key, and be of one of the types of an interface', async () => {
    const parts = await all(
      graph().askInParts(`{ things { __typename ...F @defer(label: "outer") } }
        fragment F on Product { id: name made: maker { id ... @defer(label: "inner") { age } } }`),
    );
    expect(parts).toEqual([
      { data: { things: [{ __typename: 'Service' }, { __typename: 'Product' }] }, hasNext: true },
      {
        incremental: [{ label: 'outer', path: ['things', 1], data: { id: 'Product 1', made: { id: 'm1' } } }],
        hasNext: true,
      },
      { incremental: [{ label: 'inner', path: ['things', 1, 'made'], data: { age: 50 } }], hasNext: false },
    ]);
  });

  it('is deferred twice when a fragment that holds it is used twice', async () => {
    const parts = await all(
      graph().askInParts(`{ products { ...F } first { ...F } }
        fragment F on Product { name ... @defer { rating } }`),
    );
    const paths = parts
      .flatMap((part) => ('incremental' in part ? part.incremental : []))
      .map(({ path }) => path);
    expect(paths.map((path) => path.join('.')).sort()).toEqual(['first', 'products.0', 'products.2']);
  });

  it('is deferred or not as its condition says', async () => {
    const query =
      'query ($later: Boolean!, $with: Boolean!) { first { name ... @defer(if: $later) { rating @include(if: $with) id } } }';
    expect(graph().askInParts(query, { later: false, with: true })).toBeNull();
    const whole = { first: { name: 'Product 1', rating: 2, id: '1' } };
    expect((await graph().ask(query, { later: false, with: true })).data).toEqual(whole);
    expect((await graph().ask(query, { later: true, with: true })).data).toEqual(whole);
    expect(await all(graph().askInParts(query, { later: true, with: false }))).toEqual([
      { data: { first: { name: 'Product 1' } }, hasNext: true },
      { incremental: [{ path: ['first'], data: { id: '1' } }], hasNext: false },
    ]);
    expect(graph().askInParts('{ first { ... @defer(if: false) { rating } } }')).toBeNull();
  });

  it('may be of the root, with introspection, and of a mutation', async () => {
    const parts = await all(
      graph().askInParts('{ first { name } ... @defer { __schema { queryType { name } } products { id } } }'),
    );
    expect(parts[1]).toEqual({
      incremental: [
        {
          path: [],
          data: {
            __schema: { queryType: { name: 'Query' } },
            products: [{ id: '1' }, null, { id: '2' }],
          },
        },
      ],
      hasNext: false,
    });
    const mutation = await all(
      graph().askInParts('mutation { rename(name: "X") { name ... @defer { rating } } }'),
    );
    expect(mutation).toEqual([
      { data: { rename: { name: 'X' } }, hasNext: true },
      { incremental: [{ path: ['rename'], data: { rating: 2 } }], hasNext: false },
    ]);
  });

  it('answers type names beside it', async () => {
    const parts = await all(
      graph().askInParts('{ __typename first { __typename name ... @defer { __typename rating } } }'),
    );
    expect(parts).toEqual([
      { data: { __typename: 'Query', first: { __typename: 'Product', name: 'Product 1' } }, hasNext: true },
      { incremental: [{ path: ['first'], data: { __typename: 'Product', rating: 2 } }], hasNext: false },
    ]);
  });

  it('has no place in a subscription', () => {
    const ticking = graphOf({
      catalog: { ...catalog, sdl: `${catalog.sdl} type Subscription { ticked: Product }` },
    });
    expect(() => ticking.subscribe('subscription { ticked { ... @defer { name } } }')).toThrow('no @defer');
  });
});

describe('what goes wrong in a part', () => {
  const broken = (answer: SubgraphOfTest['answer']) => graphOf({ catalog, reviews: { ...reviews, answer } });

  it('is told with it, at its place, and nulls no more than it', async () => {
    const asked = broken(() => ({
      data: { _entities: [{ rating: 1 }, { rating: null }] },
      errors: [{ message: 'Lost', path: ['_entities', 1, 'rating'], extensions: { code: 'LOST' } }],
    }));
    const [first, later] = await all(asked.askInParts('{ products { name ... @defer { rating } } }'));
    expect(first).toMatchObject({ data: { products: [{ name: 'Product 1' }, null, { name: 'Product 2' }] } });
    if (later === undefined || !('incremental' in later)) throw new Error('Expected a part');
    expect(later.incremental.map(({ path, data, errors }) => [path, data, seen(errors)])).toEqual([
      [['products', 0], { rating: 1 }, []],
      [['products', 2], null, [{ path: ['products', 2, 'rating'], code: 'LOST', subgraph: 'reviews' }]],
    ]);
  });

  it('is told once when it is a whole subgraph', async () => {
    const asked = broken(() => Promise.reject(new Error('connect ECONNREFUSED')));
    const [, later] = await all(asked.askInParts('{ products { name ... @defer { rating } } }'));
    if (later === undefined || !('incremental' in later)) throw new Error('Expected a part');
    expect(later.incremental.map(({ data, errors }) => [data, seen(errors)])).toEqual([
      [null, [{ path: ['products'], code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' }]],
      [null, []],
    ]);
    expect(later.hasNext).toBe(false);
  });

  it('leaves no part for what was null at first', async () => {
    const asked = graphOf({
      catalog: { ...catalog, answer: () => ({ data: { first: null } }) },
      reviews,
    });
    expect(await all(asked.askInParts('{ first { name ... @defer { rating } } }'))).toEqual([
      expect.objectContaining({ data: null, hasNext: false }),
    ]);
  });
});

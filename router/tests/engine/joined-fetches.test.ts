import { expect, it } from 'vitest';
import { graphOf, type SubgraphOfTest } from './graph-of.ts';

const catalog: SubgraphOfTest = {
  sdl: `type Query { newest: [Product!]! cheapest: [Product!]! }
    type Product @key(fields: "id") { id: ID! }`,
  resolvers: {
    Query: { newest: () => [{ id: '1' }, { id: '2' }], cheapest: () => [{ id: '2' }, { id: '3' }] },
  },
};
const reviewOf = (id: string) => ({ id: `r${id}`, author: { id: `a${id}` } });
const reviews: SubgraphOfTest = {
  sdl: `type Product @key(fields: "id") { id: ID! best: Review }
    type Review { id: ID! author: User! } type User @key(fields: "id") { id: ID! }`,
  resolvers: {
    Product: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      best: ({ id }: { id: string }) => {
        if (id === '2') throw new Error('lost');
        return reviewOf(id);
      },
    },
  },
};
const accounts: SubgraphOfTest = {
  sdl: 'type User @key(fields: "id") { id: ID! name(isLong: Boolean! = false): String! }',
  resolvers: {
    User: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      name: ({ id }: { id: string }, { isLong }: { isLong: boolean }) => (isLong ? `the long ${id}` : id),
    },
  },
};
/** Nothing fails in it. */
const soundReviews: SubgraphOfTest = {
  ...reviews,
  resolvers: {
    Product: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      best: ({ id }: { id: string }) => reviewOf(id),
    },
  },
};

it('branches that ask a subgraph the same go as one request, each entity once', async () => {
  const graph = graphOf({ catalog, reviews: soundReviews, accounts });
  const { data, errors } = await graph.ask(
    '{ newest { best { id author { name } } } cheapest { best { id author { name } } } }',
  );
  expect(errors).toBeUndefined();
  const best = (id: string) => ({ best: { id: `r${id}`, author: { name: `a${id}` } } });
  expect(data).toEqual({ newest: [best('1'), best('2')], cheapest: [best('2'), best('3')] });
  const asked = graph.requests.map(({ subgraph, variables }) => [subgraph, variables.representations]);
  expect(asked).toEqual([
    ['catalog', undefined],
    ['reviews', ['1', '2', '3'].map((id) => ({ __typename: 'Product', id }))],
    ['accounts', ['a1', 'a2', 'a3'].map((id) => ({ __typename: 'User', id }))],
  ]);
});

it('an entity that fails is an error at each of its places, in each branch', async () => {
  const { data, errors } = await graphOf({ catalog, reviews, accounts }).ask(
    '{ newest { best { id } } cheapest { best { id } } }',
  );
  expect(data).toEqual({
    newest: [{ best: { id: 'r1' } }, { best: null }],
    cheapest: [{ best: null }, { best: { id: 'r3' } }],
  });
  expect(errors?.map(({ path }) => path)).toEqual([
    ['newest', 1, 'best'],
    ['cheapest', 0, 'best'],
  ]);
});

it('what one branch goes on to ask of an entity does not get into the other', async () => {
  const graph = graphOf({ catalog, reviews: soundReviews, accounts });
  const { data } = await graph.ask(
    `{ newest { best { author { name } } } cheapest { best { author { name(isLong: true) } } } }`,
  );
  expect(graph.requests.filter(({ subgraph }) => subgraph === 'reviews')).toHaveLength(1);
  expect(data).toEqual({
    newest: [{ best: { author: { name: 'a1' } } }, { best: { author: { name: 'a2' } } }],
    cheapest: [{ best: { author: { name: 'the long a2' } } }, { best: { author: { name: 'the long a3' } } }],
  });
});

it('a subgraph that answers fewer entities than were asked for is told of, and nothing is mixed up', async () => {
  const short: SubgraphOfTest = { ...reviews, answer: () => ({ data: { _entities: [{ best: null }] } }) };
  const { data, errors } = await graphOf({ catalog, reviews: short, accounts }).ask(
    '{ newest { best { id } } cheapest { best { id } } }',
  );
  expect(data).toEqual({
    newest: [{ best: null }, { best: null }],
    cheapest: [{ best: null }, { best: null }],
  });
  expect(errors?.map(({ message }) => message)).toEqual([
    'The subgraph reviews answered 1 entities where 3 were asked for',
    'The subgraph reviews answered 1 entities where 3 were asked for',
  ]);
});

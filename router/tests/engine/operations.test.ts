import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { compileInPlace } from './compile-in-place.ts';
import { graphOf, seen } from './graph-of.ts';

const catalog = {
  sdl: `type Query { product(id: ID!): Product things: [Thing!]! secret: String @authenticated
      scoped: String @requiresScopes(scopes: [["a"]]) ruled: String @policy(policies: [["p"]]) dear: String @cost(weight: 5) }
    interface Thing { id: ID! }
    type Product implements Thing @key(fields: "id") { id: ID! name: String }
    type Service implements Thing { id: ID! hours: Int }`,
  resolvers: {
    Query: {
      product: (_: unknown, { id }: { id: string }) => ({ id, name: `Product ${id}` }),
      things: () => [
        { __typename: 'Product', id: '1', name: 'Lamp' },
        { __typename: 'Service', id: '2', hours: 3 },
      ],
      secret: () => 'secret',
      scoped: () => 'scoped',
      ruled: () => 'ruled',
      dear: () => 'dear',
    },
  },
};
const graph = () => graphOf({ catalog });

it('answers introspection beside data', async () => {
  const { data, errors } = await graph().ask(
    'query ($name: String!) { __typename a: __type(name: $name) { name } __schema { queryType { name } } product(id: 1) { name } }',
    { name: 'Service' },
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    __typename: 'Query',
    a: { name: 'Service' },
    __schema: { queryType: { name: 'Query' } },
    product: { name: 'Product 1' },
  });
});

it('answers introspection in a fragment, beside data or alone', async () => {
  const { data, errors } = await graph().ask(
    '{ ...Q product(id: 1) { id } } fragment Q on Query { ... { __schema { queryType { name } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, product: { id: '1' } });
  expect((await graph().ask('{ ... { __type(name: "Service") { name } } }')).data).toEqual({
    __type: { name: 'Service' },
  });
});

it('answers type names and fragments on an interface by the type of each', async () => {
  const { data } = await graph().ask(
    '{ things { __typename ... on Product { name } ...S } } fragment S on Service { hours t: __typename }',
  );
  expect(data?.things).toEqual([
    { __typename: 'Product', name: 'Lamp' },
    { __typename: 'Service', hours: 3, t: 'Service' },
  ]);
});

it.each([
  [{ yes: true, no: false }, { product: { id: '1', name: 'Product 1' } }],
  [{ yes: false, no: false }, { product: { id: '1' } }],
  [{ yes: true, no: true }, {}],
])('leaves out what @skip and @include say, with %j', async (variables, expected) => {
  const { data } = await graph().ask(
    'query ($yes: Boolean!, $no: Boolean!) { product(id: 1) @skip(if: $no) { id name @include(if: $yes) } }',
    variables,
  );
  expect(data).toEqual(expected);
});

it('answers an empty plan with an error, unless type names and introspection are all that was asked for', async () => {
  const { supergraph } = graph();
  const planless = { ...supergraph, plan: () => ({ kind: 'QueryPlan' as const }) };
  const answer = (query: string) => {
    const operation = compileInPlace(planless, parse(query));
    if (operation.kind === 'subscription') throw new Error('Expected a query');
    return operation.execute({}, () => Promise.reject(new Error('Nobody is to be asked')));
  };
  const { data, errors } = await answer('{ product(id: 1) { id } }');
  expect(data).toBeNull();
  expect(seen(errors)).toEqual([{ path: undefined, code: 'PLAN_EMPTY', subgraph: undefined }]);
  expect(await answer('{ __typename __schema { queryType { name } } }')).toEqual({
    data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } },
  });
});

it('refuses variables that do not fit, and asks nobody', async () => {
  const asked = graph();
  const { data, errors } = await asked.ask('query ($id: ID!) { product(id: $id) { id } }', {});
  expect(data).toBeUndefined();
  expect(seen(errors)).toEqual([{ path: undefined, code: 'BAD_USER_INPUT', subgraph: undefined }]);
  expect(asked.requests).toEqual([]);
});

it('serves a supergraph with @authenticated, @requiresScopes, @policy and @cost', async () => {
  const { data } = await graph().ask('{ secret scoped ruled dear }');
  expect(data).toEqual({ secret: 'secret', scoped: 'scoped', ruled: 'ruled', dear: 'dear' });
});

it('keeps names that JavaScript has given a meaning', async () => {
  const { data } = await graph().ask('{ product(id: 1) { __proto__: name constructor: id } }');
  expect(Object.entries(data?.product as object)).toEqual([
    ['__proto__', 'Product 1'],
    ['constructor', '1'],
  ]);
});

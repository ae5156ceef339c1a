import { describe, expect, it } from 'vitest';
import { graphOf, seen } from './graph-of.ts';

const products = [
  { id: '1', name: 'Lamp', lengthCm: 254 },
  { id: '2', name: 'Chair', lengthCm: 508 },
];
const productOf = ({ id }: { id: string }) => products.find((product) => product.id === id) ?? null;
const length = ({ lengthCm }: { lengthCm: number }, { unit }: { unit: string }) =>
  unit === 'INCH' ? lengthCm / 2.54 : lengthCm;

const catalog = {
  sdl: `enum Unit { CM INCH }
    type Query { products: [Product!]! }
    type Product @key(fields: "id") { id: ID! name: String! length(unit: Unit!): Float! }`,
  resolvers: { Query: { products: () => products }, Product: { __resolveReference: productOf, length } },
};

describe('an alias that hides a key', () => {
  const graph = () =>
    graphOf({
      catalog,
      extras: {
        sdl: 'type Product @key(fields: "id") { id: ID! extra: String! }',
        resolvers: { Product: { extra: ({ id }: { id: string }) => `extra ${id}` } },
      },
    });

  it('is answered under its name, and the key leads on', async () => {
    expect(await graph().ask('{ products { id: name extra } }')).toEqual({
      data: {
        products: [
          { id: 'Lamp', extra: 'extra 1' },
          { id: 'Chair', extra: 'extra 2' },
        ],
      },
    });
  });

  it('may also be the name of a type name, or come from a fragment', async () => {
    const { data } = await graph().ask(
      '{ products { __typename: name ...Extra } } fragment Extra on Product { id: extra name: id }',
    );
    expect(data?.products).toEqual([
      { __typename: 'Lamp', id: 'extra 1', name: '1' },
      { __typename: 'Chair', id: 'extra 2', name: '2' },
    ]);
  });
});

describe('a field with arguments that another subgraph requires', () => {
  const shipping = {
    sdl: `enum Unit { CM INCH }
      type Product @key(fields: "id") { id: ID! length(unit: Unit!): Float! @external
        fits: String! @requires(fields: "length(unit: CM)") }`,
    resolvers: { Product: { fits: ({ length: value }: { length: number }) => `${value} cm` } },
  };

  it('is required as it is, and answered as the client asks for it', async () => {
    const { data, errors } = await graphOf({ catalog, shipping }).ask(
      '{ products { fits length(unit: INCH) } }',
    );
    expect(errors).toBeUndefined();
    expect(data?.products).toEqual([
      { fits: '254 cm', length: 100 },
      { fits: '508 cm', length: 200 },
    ]);
  });

  it('is required by two subgraphs with two arguments in one operation', async () => {
    const customs = {
      sdl: `enum Unit { CM INCH }
        type Product @key(fields: "id") { id: ID! length(unit: Unit!): Float! @external
          label: String! @requires(fields: "length(unit: INCH)") }`,
      resolvers: { Product: { label: ({ length: value }: { length: number }) => `${value} in` } },
    };
    const { data, errors } = await graphOf({ catalog, shipping, customs }).ask(
      '{ products { label fits length(unit: INCH) other: length(unit: CM) } }',
    );
    expect(errors).toBeUndefined();
    expect(data?.products).toEqual([
      { label: '100 in', fits: '254 cm', length: 100, other: 254 },
      { label: '200 in', fits: '508 cm', length: 200, other: 508 },
    ]);
  });
});

it('is required with two arguments also when one of them is on a condition', async () => {
  const from = (name: string, unit: string) => ({
    sdl: `enum Unit { CM INCH } type Product @key(fields: "id") { id: ID! length(unit: Unit!): Float! @external
      ${name}: String! @requires(fields: "length(unit: ${unit})") }`,
    resolvers: { Product: { [name]: ({ length: value }: { length: number }) => `${value}` } },
  });
  const graph = graphOf({ catalog, shipping: from('fits', 'CM'), customs: from('label', 'INCH') });
  for (const yes of [true, false]) {
    const { data, errors } = await graph.ask(
      'query ($yes: Boolean!) { products { label fits @include(if: $yes) } }',
      { yes },
    );
    expect(errors).toBeUndefined();
    expect(data?.products).toEqual([
      { label: '100', ...(yes ? { fits: '254' } : {}) },
      { label: '200', ...(yes ? { fits: '508' } : {}) },
    ]);
  }
});

it('keeps the type of an object that a subgraph knows by its interface alone', async () => {
  const things = {
    sdl: `type Query { things: [Thing!]! thing: Thing } interface Thing @key(fields: "id") { id: ID! }
      type Lamp implements Thing @key(fields: "id") { id: ID! watts: Int } type Chair implements Thing @key(fields: "id") { id: ID! legs: Int }`,
    resolvers: {
      Query: {
        things: () => [
          { __typename: 'Lamp', id: 'l', watts: 5 },
          { __typename: 'Chair', id: 'c', legs: 4 },
        ],
      },
      Thing: {
        __resolveReference: ({ id }: { id: string }) => ({
          __typename: id === 'l' ? 'Lamp' : 'Chair',
          id,
          legs: 4,
          watts: 5,
        }),
      },
    },
  };
  const ratings = {
    sdl: `type Query { best: Thing } type Thing @key(fields: "id") @interfaceObject { id: ID! rating: Int }`,
    resolvers: { Query: { best: () => ({ id: 'c' }) }, Thing: { rating: () => 9 } },
  };
  const { data, errors } = await graphOf({ things, ratings }).ask(
    '{ things { __typename rating ... on Lamp { watts } } best { __typename rating ... on Chair { legs } } }',
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({
    things: [
      { __typename: 'Lamp', rating: 9, watts: 5 },
      { __typename: 'Chair', rating: 9 },
    ],
    best: { __typename: 'Chair', rating: 9, legs: 4 },
  });
});

it('answers of an object whose type nobody tells what any of its types would have, and nothing that depends on it', async () => {
  const things = {
    sdl: `interface Thing @key(fields: "id") { id: ID! }
      type Lamp implements Thing @key(fields: "id") { id: ID! watts: Int }
      type Chair implements Thing @key(fields: "id") { id: ID! legs: Int }
      type Query { lamp: Lamp }`,
    answer: () => ({ data: { _entities: [null] } }),
  };
  const ratings = {
    sdl: `type Query { best: Thing } type Thing @key(fields: "id") @interfaceObject { id: ID! rating: Int }`,
    resolvers: { Query: { best: () => ({ id: 'c' }) }, Thing: { rating: () => 9 } },
  };
  const graph = graphOf({ things, ratings });
  expect(await graph.ask('{ best { id rating } }')).toEqual({ data: { best: { id: 'c', rating: 9 } } });
  for (const selection of ['... on Chair { legs }', '__typename', 'rating ... on Lamp { watts }']) {
    const { data, errors } = await graph.ask(`{ best { ${selection} } }`);
    expect(data).toEqual({ best: null });
    expect(seen(errors)).toEqual([{ path: ['best'], code: 'SUBGRAPH_MALFORMED', subgraph: undefined }]);
  }
});

it('never enters a subgraph by a key that is not resolvable there', async () => {
  const graph = graphOf({
    catalog,
    reviews: {
      sdl: `type Query { reviews: [Review!]! } type Review { text: String! product: Product! }
        type Product @key(fields: "id", resolvable: false) { id: ID! }`,
      resolvers: { Query: { reviews: () => [{ text: 'Good', product: { id: '2' } }] } },
    },
  });
  expect((await graph.ask('{ reviews { text product { id name } } }')).data).toEqual({
    reviews: [{ text: 'Good', product: { id: '2', name: 'Chair' } }],
  });
  expect(graph.requests.map(({ subgraph }) => subgraph)).toEqual(['reviews', 'catalog']);
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { beforeEach, describe, expect, it } from 'vitest';
import { compiledQueries } from './compiled-queries.ts';
import { documentReader } from './documents.ts';
import type { ReadAheads } from './read-ahead.ts';
import { resolveEntitiesAtOnce } from './resolve-entities.ts';
import { runOperation } from './run-operation.ts';

const typeDefs = parse(/* GraphQL */ `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type Book @key(fields: "id") { id: ID! price(currency: String = "EUR"): Int title: String }
  type Shelf @key(fields: "id") { id: ID! price: Int }
  type Query { nothing: Int }
`);

interface Prices {
  readonly known: Map<string, number>;
}

let reads: string[] = [];
let isDown = false;
let alone = 0;
const resolvers = {
  Book: {
    __resolveReference: (reference: object) => reference,
    price({ id }: { id: string }, { currency }: { currency: string }, { known }: Prices) {
      const price = known.get(`${id} ${currency}`);
      if (price !== undefined) return price;
      alone += 1;
      return Promise.resolve(-1);
    },
    title: ({ id }: { id: string }) => `Book ${id}`,
  },
  Shelf: { __resolveReference: async (reference: object) => reference, price: () => 7 },
};
const readAheads: ReadAheads<Prices> = {
  Book: {
    async price(books: readonly { id: string }[], { currency }: { currency: string }, { known }) {
      reads.push(`${books.map(({ id }) => id)} in ${currency}`);
      await Promise.resolve();
      if (isDown) throw new Error('The prices are not to be had');
      for (const { id } of books) known.set(`${id} ${currency}`, Number(id) * 100);
    },
  },
};

const schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
resolveEntitiesAtOnce(schema, readAheads);
const source = {
  schema,
  documents: documentReader(schema),
  compiled: compiledQueries(schema),
  formatError: (formatted: { message: string }) => formatted,
};

const entities = ['Book 1', 'Shelf 9', 'Book 2'].map((one) => {
  const [typename, id] = one.split(' ');
  return { __typename: typename, id };
});

/** Asks as graphql-js executes it, and as it is compiled when it comes again. */
async function answersTo(selection: string, variables: object = {}) {
  const more = 'currency' in variables ? ', $currency: String' : '';
  const query = `query ($representations: [_Any!]!${more}) { _entities(representations: $representations) { ${selection} } }`;
  const answers = [];
  for (let time = 0; time < 2; time += 1) {
    const request = { query, variables: { representations: entities, ...variables } };
    answers.push(await runOperation(source, request, { known: new Map() }));
  }
  expect(answers[1]).toEqual(answers[0]);
  const { data, errors } = answers[0] ?? {};
  expect(errors).toBeUndefined();
  return data?.['_entities'];
}

beforeEach(() => {
  reads = [];
  isDown = false;
  alone = 0;
});

describe('what entities need', () => {
  it('is read once for all of a type, and then is there at once', async () => {
    expect(await answersTo('... on Book { id price title } ... on Shelf { price }')).toEqual([
      { id: '1', price: 100, title: 'Book 1' },
      { price: 7 },
      { id: '2', price: 200, title: 'Book 2' },
    ]);
    expect(reads).toEqual(['1,2 in EUR', '1,2 in EUR']);
    expect(alone).toBe(0);
  });

  it('is read for each set of arguments, with the values of variables', async () => {
    await answersTo('... on Book { dollars: price(currency: "USD") price(currency: $currency) }', {
      currency: 'GBP',
    });
    expect(reads.slice(0, 2)).toEqual(['1,2 in USD', '1,2 in GBP']);
    expect(alone).toBe(0);
  });

  it('is not read for what is not selected', async () => {
    await answersTo('... on Book { title } ... on Shelf { price }');
    expect(reads).toEqual([]);
  });

  it('is left to each resolver when it cannot be read ahead', async () => {
    isDown = true;
    expect(await answersTo('... on Book { price }')).toEqual([{ price: -1 }, {}, { price: -1 }]);
    expect(alone).toBe(4);
  });
});

import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import type { SubgraphTransport } from '../src/index.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])`;
const books = `${link}
  type Query {
    book(id: ID!): Book
    books(filter: BookFilter, sort: BookSort! = TITLE): [Book!]!
    search(text: String!): [Found!]!
    whoami: String
  }
  type Mutation { rename(id: ID!, title: String!): Book }
  type Book implements Named @key(fields: "id") { id: ID! title: String! name: String! }
  type Author implements Named { name: String! }
  interface Named { name: String! }
  union Found = Book | Author
  input BookFilter { author: String genres: [Genre!] published: YearRange notes: Anything }
  input YearRange { from: Int to: Int }
  enum Genre { NOVEL POEMS }
  enum BookSort { TITLE NEWEST }
  scalar Anything`;
const prices = `${link} type Book @key(fields: "id") { id: ID! price: Int }`;

/** What a subgraph of the test graph was sent. */
export interface Sent {
  subgraph: string;
  query: string;
  signedContext: string;
  requestId: string;
}

/** Two small subgraphs, composed, with what they were sent on record. A name in `down` does not answer. */
export function testGraph(down: readonly string[] = []) {
  const composed = composeServices([
    { name: 'books', typeDefs: parse(books), url: 'http://books.internal:4001' },
    { name: 'prices', typeDefs: parse(prices), url: 'http://prices.internal:4002' },
  ]);
  if (composed.supergraphSdl === undefined) throw new Error(JSON.stringify(composed.errors));
  const schemas = {
    books: buildSubgraphSchema({
      typeDefs: parse(books),
      resolvers: {
        Query: {
          book: (_: unknown, { id }: Record<string, unknown>) => ({ id, title: `Book ${id}` }),
          books: () => [{ id: '1', title: 'Book 1' }],
          search: () => [{ __typename: 'Author', name: 'Somebody' }],
          whoami: () => 'somebody',
        },
        Mutation: { rename: (_: unknown, book: Record<string, unknown>) => book },
        Book: { name: ({ title }: { title?: unknown }) => title },
      },
    }),
    prices: buildSubgraphSchema({
      typeDefs: parse(prices),
      resolvers: { Book: { __resolveReference: ({ id }: { id?: unknown }) => ({ id, price: 5 }) } },
    }),
  };
  const sent: Sent[] = [];
  const transportTo = (name: string): SubgraphTransport => ({
    async send({ query, variables, operationName }, signedContext, requestId) {
      sent.push({ subgraph: name, query, signedContext, requestId });
      if (down.includes(name)) throw new Error(`connect ECONNREFUSED http://${name}.internal:4001`);
      const schema = schemas[name as keyof typeof schemas];
      const result = await graphql({ schema, source: query, variableValues: variables, operationName });
      return JSON.parse(JSON.stringify(result));
    },
  });
  return { supergraphSdl: composed.supergraphSdl, transportTo, sent };
}

import { composeVersion } from '../src/graph/compose-version.ts';
import type { GraphVersion } from '../src/graph/graph-version.ts';
import type { KnownOperation } from '../src/operations/known-operation.ts';

/** The schemas of some subgraphs, by name. */
export type Schemas = Readonly<Record<string, string>>;

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@tag"
])
directive @cached(ttl: Int = 60, size: Int) on FIELD | QUERY`;

/** A library: books are the catalogue's; reviews and the shop add to them. Every kind of schema element occurs once. */
export const library: Schemas = {
  catalog: `${link}
    type Query {
      book(id: ID!, language: String = "en"): Book
      books(filter: BookFilter, sort: BookSort! = TITLE, first: Int): [Book!]!
      find(text: String!): [Found!]!
      readers: [Reader!]!
    }
    type Mutation { addBook(input: AddBookInput!): AddBookResult! removeBook(id: ID!): Boolean }
    type Subscription { bookAdded: Book }
    type Book implements Named & Dated @key(fields: "id") @key(fields: "isbn") {
      id: ID!
      isbn: String!
      name: String!
      addedOn: String!
      subtitle: String
      pages(unit: PageUnit = SHEET): Int
      state: BookState!
      author: Author!
      shelf: String @deprecated(reason: "Use location.")
      tags: [String!]!
    }
    type Author implements Named @key(fields: "id") { id: ID! name: String! born: Int }
    type Leaflet { title: String! }
    type Reader @key(fields: "id") { id: ID! card: Card }
    type Card @shareable { number: String! }
    interface Named { name: String! }
    interface Dated { addedOn: String! }
    union Found = Book | Author
    union AddBookResult = Book | IsbnTakenError
    type IsbnTakenError { message: String! }
    enum BookState { "On a shelf." IN LENT LOST }
    enum BookSort { TITLE NEWEST }
    enum PageUnit { SHEET SIDE }
    input BookFilter { state: BookState text: String author: AuthorFilter limit: Int = 10 }
    input AuthorFilter { name: String! born: Int }
    input AddBookInput { isbn: String! title: String! note: String copies: Int! = 1 }
    scalar Date`,
  reviews: `${link}
    type Query { topReview: Review }
    type Book @key(fields: "id") { id: ID! rating: Float reviews: [Review!] pagesRead: Int }
    type Review @key(fields: "id") { id: ID! text: String! book: Book! byReader: Reader }
    type Reader @key(fields: "id") { id: ID! reviews: [Review!] }`,
  shop: `${link}
    type Query { offers: [Offer!]! }
    type Offer { cents: Int! book: Book! }
    type Book @key(fields: "isbn") { isbn: String! subtitle: String @external cents: Int slogan: String @requires(fields: "subtitle") }`,
};

/** Schemas with one text of one of them replaced; the text must occur there exactly once. */
export function edited(
  schemas: Schemas,
  ...edits: readonly (readonly [subgraph: string, from: string, to: string])[]
): Schemas {
  const result: Record<string, string> = { ...schemas };
  for (const [subgraph, from, to] of edits) {
    const text = result[subgraph] ?? '';
    if (text.split(from).length !== 2)
      throw new Error(`"${from}" occurs ${text.split(from).length - 1} times in ${subgraph}`);
    result[subgraph] = text.replace(from, () => to);
  }
  return result;
}

export function versionOf(schemas: Schemas, label = 'the test'): GraphVersion {
  return composeVersion(
    label,
    Object.entries(schemas).map(([name, sdl]) => ({
      name,
      sdl,
      routingUrl: `http://${name}.example/graphql`,
      file: `subgraphs/${name}/schema.graphql`,
    })),
  );
}

/** An operation of the client `web`, as a committed document. */
export function operation(body: string, more: Partial<KnownOperation> = {}): KnownOperation {
  return {
    client: { name: 'web', version: '1.4.0' },
    name: /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(body)?.[1] ?? null,
    body,
    source: 'document',
    file: 'schema/operations/web/operation.graphql',
    lastSeen: null,
    count: null,
    ...more,
  };
}

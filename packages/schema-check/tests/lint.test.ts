import { repositoryRoot } from '@stoa/registry';
import { describe, expect, it, test } from 'vitest';
import { fromWorkingTree } from '../src/graph/from-working-tree.ts';
import { parsedSubgraphs } from '../src/graph/parsed-subgraphs.ts';
import { readLintSettings } from '../src/lint/lint-settings.ts';
import { lintStep } from '../src/lint/lint-step.ts';
import { lintSubgraphs } from '../src/lint/lint-subgraphs.ts';
import { type Schemas, versionOf } from './small-graph.ts';
import { temporaryRepository } from './temporary-repository.ts';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key"])';
const basics = `
"A sum." type Money { "Cents." amount: MinorUnits! } "Whole." scalar MinorUnits
"A failure." interface UserError { "Stable." code: String! "For people." message: String! }
"Wrong." type InvalidInputError implements UserError { "Stable." code: String! "For people." message: String! }
"A page." type PageInfo { "Whether." hasNextPage: Boolean! }
`;

function lint(schemas: Schemas, settings?: Parameters<typeof lintSubgraphs>[1]) {
  return lintSubgraphs(parsedSubgraphs(versionOf(schemas)), settings);
}

/** The findings of one subgraph, whose first line holds the link, as code, line and coordinate. */
function lintOne(sdl: string) {
  return lint({ books: `${link}\n${sdl}${basics}` })
    .filter(({ code }) => code !== 'LINK_IMPORT_UNUSED')
    .map(({ level, code, line, coordinate }) => [level, code, line, coordinate]);
}

describe('a schema is told', () => {
  test.each([
    [
      'of a type without a description',
      'type Book { "It." name: String }',
      ['error', 'DESCRIPTION_MISSING', 2, 'Book'],
    ],
    [
      'of a field without a description',
      '"A." type Book {\n name: String }',
      ['error', 'DESCRIPTION_MISSING', 3, 'Book.name'],
    ],
    [
      'of an empty description',
      '"A." type Book {\n " " name: String }',
      ['error', 'DESCRIPTION_MISSING', 3, 'Book.name'],
    ],
    [
      'of an argument without a description',
      '"A." type Book { "It."\n name(long: Int): String }',
      ['error', 'DESCRIPTION_MISSING', 3, 'Book.name(long:)'],
    ],
    [
      'of an enum value without a description',
      '"A." enum State { "In." IN\n OUT }',
      ['error', 'DESCRIPTION_MISSING', 3, 'State.OUT'],
    ],
    [
      'of an input field without a description',
      '"A." input BookInput { name: String }',
      ['error', 'DESCRIPTION_MISSING', 2, 'BookInput.name'],
    ],
    [
      'of a directive without a description',
      'directive @cached on FIELD',
      ['error', 'DESCRIPTION_MISSING', 2, '@cached'],
    ],
    [
      'of a type in small letters',
      '"A." type book { "It." name: String }',
      ['error', 'TYPE_NAME', 2, 'book'],
    ],
    [
      'of a field in snake case',
      '"A." type Book { "It." sort_name: String }',
      ['error', 'FIELD_NAME', 2, 'Book.sort_name'],
    ],
    [
      'of a field with a capital',
      '"A." type Book { "It." Name: String }',
      ['error', 'FIELD_NAME', 2, 'Book.Name'],
    ],
    [
      'of an argument in snake case',
      '"A." type Book { "It." name("It." in_full: Int): String }',
      ['error', 'ARGUMENT_NAME', 2, 'Book.name(in_full:)'],
    ],
    [
      'of an enum value in small letters',
      '"A." enum State { "In." in_stock }',
      ['error', 'ENUM_VALUE_NAME', 2, 'State.in_stock'],
    ],
    [
      'of an input that does not say so',
      '"A." input NewBook { "It." name: String }',
      ['error', 'INPUT_NAME', 2, 'NewBook'],
    ],
    [
      'of a type that says it is an input',
      '"A." type BookInput { "It." name: String }',
      ['error', 'INPUT_NAME', 2, 'BookInput'],
    ],
    [
      'of a mutation that starts with a noun',
      'type Mutation { "It." bookAdd: AddResult! }\n"A." union AddResult = Money | InvalidInputError',
      ['error', 'MUTATION_VERB', 2, 'Mutation.bookAdd'],
    ],
    [
      'of a mutation that starts with a thing',
      'type Mutation { "It." cartMerge: AddResult! }\n"A." union AddResult = Money | InvalidInputError',
      ['error', 'MUTATION_VERB', 2, 'Mutation.cartMerge'],
    ],
    [
      'of a mutation that answers a type',
      'type Mutation { "It." addBook: Money! }',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of a mutation that answers a scalar',
      'type Mutation { "It." addBook: Boolean! }',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of a result that does not say so',
      'type Mutation { "It." addBook: Added! }\n"A." union Added = Money | InvalidInputError',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of a result that may be null',
      'type Mutation { "It." addBook: AddResult }\n"A." union AddResult = Money | InvalidInputError',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of a result without an error',
      'type Mutation { "It." addBook: AddResult! }\n"A." union AddResult = Money | PageInfo',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of a result of errors alone',
      'type Mutation { "It." addBook: AddResult! }\n"A." union AddResult = InvalidInputError',
      ['error', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'softly of a result that may be one that cannot fail',
      'type Mutation { "It." addBook: AddResult! }\n"A." union AddResult = Money',
      ['warning', 'MUTATION_RESULT', 2, 'Mutation.addBook'],
    ],
    [
      'of an error that is no UserError',
      '"A." type TakenError { "Stable." code: String! }',
      ['error', 'ERROR_TYPE', 2, 'TakenError'],
    ],
    [
      'of a UserError that does not say so',
      '"A." type Taken implements UserError { "S." code: String! "M." message: String! }',
      ['error', 'ERROR_TYPE', 2, 'Taken'],
    ],
    ['of a nullable id', '"A." type Book { "It." id: ID }', ['error', 'ID_TYPE', 2, 'Book.id']],
    [
      'of an id that is text',
      '"A." type Book { "It." makerId: String }',
      ['error', 'ID_TYPE', 2, 'Book.makerId'],
    ],
    [
      'of ids that are numbers',
      '"A." input BookInput { "It." tagIds: [Int!] }',
      ['error', 'ID_TYPE', 2, 'BookInput.tagIds'],
    ],
    [
      'of money as a Float',
      '"A." type Book { "It." price: Float }',
      ['error', 'MONEY_AS_NUMBER', 2, 'Book.price'],
    ],
    [
      'of money as a Float in an argument',
      '"A." type Book { "It." under("It." maximumPrice: Float): Boolean }',
      ['error', 'MONEY_AS_NUMBER', 2, 'Book.under(maximumPrice:)'],
    ],
    [
      'of a total as a Float in an input',
      '"A." input BookInput { "It." orderTotal: Float! }',
      ['error', 'MONEY_AS_NUMBER', 2, 'BookInput.orderTotal'],
    ],
    [
      'softly of a price without its currency',
      '"A." type Book { "It." price: Int }',
      ['warning', 'MONEY_AS_NUMBER', 2, 'Book.price'],
    ],
    [
      'softly of a deprecation without a reason',
      '"A." type Book { "It." name: String @deprecated }',
      ['warning', 'DEPRECATION_REASON_MISSING', 2, 'Book.name'],
    ],
    [
      'softly of a list of entities that can grow',
      '"A." type Book @key(fields: "id") { "It." id: ID! }\n"B." type Shelf { "All of them."\n books: [Book!]! }',
      ['warning', 'LIST_CAN_GROW', 4, 'Shelf.books'],
    ],
    [
      'of a connection that is not paged',
      '"A." type Shelf { "It." books: BookConnection! }\n"C." type BookConnection { "E." edges: [BookEdge!]! "N." nodes: [Book!]! "P." pageInfo: PageInfo! }\n"E." type BookEdge { "N." node: Book! "C." cursor: String! } "B." type Book { "It." name: String }',
      ['error', 'CONNECTION_ARGUMENTS', 2, 'Shelf.books'],
    ],
    [
      'of a connection without nodes',
      '"C." type BookConnection { "E." edges: [BookEdge!]! "P." pageInfo: PageInfo! }\n"E." type BookEdge { "N." node: Book! "C." cursor: String! } "B." type Book { "It." name: String }',
      ['error', 'CONNECTION_SHAPE', 2, 'BookConnection.nodes'],
    ],
    [
      'of a total that is always counted',
      '"C." type BookConnection { "E." edges: [BookEdge!]! "N." nodes: [Book!]! "P." pageInfo: PageInfo!\n"T." totalCount: Int! }\n"E." type BookEdge { "N." node: Book! "C." cursor: String! } "B." type Book { "It." name: String }',
      ['error', 'CONNECTION_SHAPE', 3, 'BookConnection.totalCount'],
    ],
    [
      'of an edge without a cursor',
      '"C." type BookConnection { "E." edges: [BookEdge!]! "N." nodes: [Book!]! "P." pageInfo: PageInfo! }\n"E." type BookEdge { "N." node: Book! } "B." type Book { "It." name: String }',
      ['error', 'CONNECTION_SHAPE', 3, 'BookEdge.cursor'],
    ],
  ])('%s', (_, sdl, finding) => {
    expect(lintOne(sdl)).toEqual([finding]);
  });

  it('of an import that it does not use, and of nothing when it uses it', () => {
    const codes = (sdl: string) => lint({ books: `${link}\n${sdl}` }).map(({ code, line }) => [code, line]);
    expect(codes('"A." type Book { "It." name: String }')).toEqual([['LINK_IMPORT_UNUSED', 1]]);
    expect(codes('"A." type Book @key(fields: "id") { "It." id: ID! }')).toEqual([]);
  });

  it('how to mend what it is told of', () => {
    const findings = lint({ books: `${link}\ntype book { NAME: Float id: String }\ninput A { b: Int }` });
    expect(findings.length).toBeGreaterThan(5);
    for (const { mend, message } of findings) {
      expect(mend).toMatch(/\w/);
      expect(message).toMatch(/^Expected .* found |^Expected /);
    }
  });
});

describe('a schema is left alone', () => {
  test.each([
    [
      'with what the conventions ask for',
      '"A." type Book @key(fields: "id") { "It." id: ID! "It." price: Money }\ntype Mutation { "It." addBook("It." input: AddBookInput!): AddBookResult! }\n"I." input AddBookInput { "It." makerId: ID! }\n"R." union AddBookResult = Book | InvalidInputError',
    ],
    [
      'with a list that says how long it can be',
      '"A." type Book @key(fields: "id") { "It." id: ID! "The parts, 20 at most." parts: [Book!]! }',
    ],
    [
      'with a verb that is a noun as well',
      'type Mutation { "It." orderBook: AddResult! }\n"A." union AddResult = Money | InvalidInputError',
    ],
    ['with a total that counts things', '"A." type Book { "It." total: Int }'],
    ['with a filter that does not end in Input', '"A." input BookFilter { "It." name: String }'],
    ['with a root type that has no description', 'type Query { "It." name: String }'],
    [
      'with an external field that has no description',
      '"A." type Book @key(fields: "id") { "It." id: ID! pages: Int @federation__external "It." thick: Boolean @federation__requires(fields: "pages") }',
    ],
    ['with an extension that has no description', 'extend type Money { "Of it." rounded: Boolean }'],
  ])('%s', (_, sdl) => {
    expect(lintOne(sdl)).toEqual([]);
  });
});

describe('what a subgraph contributes to an entity of another', () => {
  const catalog = `${link}
type Query { "It." book("It." id: ID!): Book }
"A." type Book @key(fields: "id") { "It." id: ID! "It." name: String! }`;
  const contributing = (fields: string) =>
    `${link}\n"A." type Book @key(fields: "id") { "It." id: ID!\n${fields} }`;

  it('must be nullable', () => {
    const findings = lint({ catalog, reviews: contributing('"It." rating: Float!') });
    expect(findings).toEqual([
      expect.objectContaining({
        level: 'error',
        code: 'CONTRIBUTED_NON_NULL',
        coordinate: 'Book.rating',
        file: 'subgraphs/reviews/schema.graphql',
        line: 3,
        mend: expect.stringMatching(/^Write rating: Float\./),
      }),
    ]);
    expect(lint({ catalog, reviews: contributing('"It." rating: Float') })).toEqual([]);
    expect(lint({ catalog, reviews: contributing('"It." tags: [String!]') })).toEqual([]);
  });

  it('is told by where queries lead, by the number of keys, and by extension', () => {
    const twoKeys = catalog.replace('@key(fields: "id")', '@key(fields: "id") @key(fields: "name")');
    const busy = contributing('"It." a: Int "It." b: Int "It." c: Int "It." d: Int!').replace(
      '"A." type Book',
      'type Query { "It." top: Book "It." last: Book }\n"A." type Book',
    );
    expect(lint({ catalog: twoKeys, reviews: busy }).map(({ coordinate }) => coordinate)).toEqual(['Book.d']);
    const extension = contributing('"It." d: Int!').replace('"A." type', 'extend type');
    const noQuery = catalog.replace(/type Query .*\n/, '');
    expect(lint({ catalog: noQuery, reviews: extension }).map(({ coordinate }) => coordinate)).toEqual([
      'Book.d',
    ]);
  });

  it('is told by the settings where the schemas do not tell', () => {
    const reviews = contributing('"It." rating: Float!');
    const settings = { origins: { Book: 'reviews' }, verbs: [] };
    expect(lint({ catalog, reviews }, settings).map(({ coordinate }) => coordinate)).toEqual(['Book.name']);
  });

  it('may be non-null while it moves, with a warning', () => {
    const shop = contributing('"It." name: String! @override(from: "catalog")').replace(
      '"@key"',
      '"@key", "@override"',
    );
    expect(lint({ catalog, shop })).toEqual([]);
    const fresh = contributing('"It." title: String! @override(from: "catalog")').replace(
      '"@key"',
      '"@key", "@override"',
    );
    expect(lint({ catalog, shop: fresh }).map(({ level, code }) => [level, code])).toEqual([
      ['warning', 'CONTRIBUTED_NON_NULL'],
    ]);
  });
});

test('words of a project are verbs too', () => {
  const sdl = `${link.replace(', import: ["@key"]', '')}\n${basics}type Mutation { "It." reconcileBooks: ReconcileBooksResult! }\n"R." union ReconcileBooksResult = Money | InvalidInputError`;
  expect(lint({ books: sdl }).map(({ code }) => code)).toEqual(['MUTATION_VERB']);
  expect(lint({ books: sdl }, { origins: {}, verbs: ['reconcile'] })).toEqual([]);
});

test('what the base had already is milder, so that a team is not held up by another', async () => {
  const context = {
    root: '/nowhere',
    operations: [],
    usage: null,
    since: new Date(0),
    now: new Date(0),
    progress: () => undefined,
  };
  const schema = (fields: string) =>
    versionOf({ books: `${link}\n"A." type Book @key(fields: "id") { "It." id: ID! ${fields} }` });
  const levels = async (before: string, after: string) =>
    (await lintStep(schema(before), schema(after), context)).map(({ level, coordinate }) => [
      level,
      coordinate,
    ]);
  expect(await levels('', 'name: String')).toEqual([['error', 'Book.name']]);
  expect(await levels('name: String', 'name: String')).toEqual([['warning', 'Book.name']]);
  expect(await levels('name: String', 'name: String isbn: String')).toEqual([
    ['warning', 'Book.name'],
    ['error', 'Book.isbn'],
  ]);
});

test.each([
  ['names what the lint cannot know', 'origins:\n  Book: reviews\nverbs: [reconcile]\n', []],
  ['is empty', '', []],
  ['has a key of another kind', 'origins: [Book]\n', ['LINT_SETTINGS_INVALID']],
  ['has a misspelt key', 'verb: [reconcile]\n', ['LINT_SETTINGS_INVALID']],
  ['is no YAML', 'verbs: [reconcile\n', ['LINT_SETTINGS_INVALID']],
])('a schema/lint.yaml that %s', (_, text, codes) => {
  const repository = temporaryRepository();
  repository.given('schema/lint.yaml', text);
  const { settings, findings } = readLintSettings(repository.root);
  repository.remove();
  expect(findings.map(({ code }) => code)).toEqual(codes);
  expect(findings.every(({ mend }) => mend?.includes('origins:'))).toBe(true);
  if (text.startsWith('origins:\n'))
    expect(settings).toEqual({ origins: { Book: 'reviews' }, verbs: ['reconcile'] });
});

test("Stoa's own schemas keep to the conventions", () => {
  const findings = lintSubgraphs(parsedSubgraphs(fromWorkingTree(repositoryRoot())));
  expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
});

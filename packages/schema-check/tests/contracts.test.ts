import { printSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { contractSchema } from '../src/contracts/contract-schema.ts';
import type { ContractVariant } from '../src/contracts/contract-variants.ts';
import { contractsStep } from '../src/contracts/contracts-step.ts';
import { supergraphOf } from '../src/graph/supergraph-of.ts';
import type { KnownOperation } from '../src/operations/known-operation.ts';
import { edited, operation, type Schemas, versionOf } from './small-graph.ts';
import {
  contextOf,
  type TemporaryRepository,
  temporaryRepository,
  versionAt,
} from './temporary-repository.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key", "@shareable", "@tag"])`;

const shop: Schemas = {
  catalog: `${link}
    type Query {
      book(id: ID!, draft: Boolean @tag(name: "staff")): Book
      find(text: String!): [Found!]!
      log(level: Level): [LogLine!]! @tag(name: "staff")
    }
    type Mutation { addBook(input: AddBookInput!): Book @tag(name: "staff") }
    type Book @key(fields: "id") { id: ID! name: String! @tag(name: "open") state: State! cost: Int @tag(name: "staff") }
    type Sketch @tag(name: "staff") { note: String! }
    union Found = Book | Sketch
    type LogLine { text: String! by: Person }
    type Person { name: String! }
    enum Level { LOW HIGH }
    enum State { OUT DRAFT @tag(name: "staff") }
    input AddBookInput { name: String! tag: TagInput }
    input TagInput { name: String! }`,
  reviews: `${link}
    type Query { newest: Book @tag(name: "open") }
    type Book @key(fields: "id") { id: ID! rating: Int stars(scale: Int = 5): Int @tag(name: "open") }`,
};

function variant(more: Partial<ContractVariant>): ContractVariant {
  return { name: 'public', include: [], exclude: [], clients: null, ...more };
}

function contract(schemas: Schemas, more: Partial<ContractVariant>) {
  const version = versionOf(schemas);
  const supergraph = supergraphOf(version);
  if (!supergraph || !version.apiSchema) throw new Error(JSON.stringify(version.remarks));
  return contractSchema(supergraph, version.apiSchema, variant(more));
}

function printed(schemas: Schemas, more: Partial<ContractVariant>): string {
  const { apiSchema, problems } = contract(schemas, more);
  if (!apiSchema) throw new Error(JSON.stringify(problems));
  return printSchema(apiSchema).replace(/^directive [^\n]*\n+/gm, '');
}

describe('a contract', () => {
  it('leaves out what has an excluded tag, and what can no longer be reached', () => {
    expect(printed(shop, { exclude: ['staff'] })).toBe(`type Query {
  book(id: ID!): Book
  find(text: String!): [Found!]!
  newest: Book
}

type Book {
  id: ID!
  name: String!
  state: State!
  rating: Int
  stars(scale: Int = 5): Int
}

union Found = Book

enum State {
  OUT
}`);
  });

  it('has only what has an included tag, when it includes by tags', () => {
    expect(printed(shop, { include: ['open'] })).toBe(`type Query {
  newest: Book
}

type Book {
  name: String!
  stars(scale: Int = 5): Int
}`);
  });

  it('leaves out what has a tag of both kinds', () => {
    const both = edited(shop, [
      'reviews',
      'rating: Int',
      'rating: Int @tag(name: "open") @tag(name: "staff")',
    ]);
    expect(printed(both, { include: ['open'], exclude: ['staff'] })).not.toContain('rating');
    expect(printed(both, { include: ['open'] })).toContain('rating');
  });

  it('is the whole graph when it leaves out nothing', () => {
    const version = versionOf(shop);
    const supergraph = supergraphOf(version);
    if (!supergraph || !version.apiSchema) throw new Error('does not compose');
    expect(contractSchema(supergraph, version.apiSchema, variant({})).apiSchema).toBe(version.apiSchema);
    expect(contractSchema(supergraph, version.apiSchema, variant({ exclude: ['nobody'] })).apiSchema).toBe(
      version.apiSchema,
    );
  });

  test.each([
    [
      'a type that only an open field answers is out',
      [
        ['catalog', 'type LogLine {', 'type LogLine @tag(name: "staff") {'],
        ['catalog', '[LogLine!]! @tag(name: "staff")', '[LogLine!]!'],
      ],
      'REFERENCED_INACCESSIBLE',
    ],
    [
      'an argument is out that must be given',
      [['catalog', 'draft: Boolean @tag', 'draft: Boolean! @tag']],
      'REQUIRED_INACCESSIBLE',
    ],
    [
      'all of Query is out',
      [['catalog', 'type Query {', 'type Query @tag(name: "staff") {']],
      'QUERY_ROOT_TYPE_INACCESSIBLE',
    ],
  ] as [string, Parameters<typeof edited>[1][], string][])('is no schema when %s', (_title, edits, code) => {
    const { problems } = contract(edited(shop, ...edits), { exclude: ['staff'] });
    expect(problems?.map((problem) => problem.code)).toContain(code);
  });
});

describe('the step', () => {
  const file = 'schema/contracts.yaml';
  const given = 'variants:\n  public: { exclude: [staff], clients: [web] }\n';
  let repository: TemporaryRepository;
  beforeEach(() => {
    repository = temporaryRepository();
    repository.given(file, given);
  });
  afterEach(() => {
    repository.remove();
  });

  function check(before: Schemas, after: Schemas, operations: readonly KnownOperation[] = []) {
    const base = versionAt(repository.commit(), before);
    return contractsStep(base, versionOf(after), contextOf(repository.root, { operations }));
  }

  it('fails when a tag hides what a client of the variant uses, though the whole graph has it still', async () => {
    const after = edited(shop, ['reviews', 'rating: Int', 'rating: Int @tag(name: "staff")']);
    const findings = await check(shop, after, [operation('query Stars { book(id: 1) { rating } }')]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      step: 'contracts',
      level: 'error',
      code: 'FIELD_REMOVED',
      coordinate: 'public/Book.rating',
      file: 'subgraphs/reviews/schema.graphql',
      details: { variant: 'public' },
    });
    expect(findings[0]?.message).toMatch(/^In the contract public: .*Stars of web/s);
  });

  it('passes when only other clients use it', async () => {
    const after = edited(shop, ['reviews', 'rating: Int', 'rating: Int @tag(name: "staff")']);
    const admin = operation('query Stars { book(id: 1) { rating } }', {
      client: { name: 'admin', version: '1' },
    });
    const findings = await check(shop, after, [admin]);
    expect(findings.map(({ level, code }) => [level, code])).toEqual([['info', 'FIELD_REMOVED']]);
  });

  it('tells what comes into sight', async () => {
    const findings = await check(
      shop,
      edited(shop, ['catalog', 'cost: Int @tag(name: "staff")', 'cost: Int']),
    );
    expect(findings).toEqual([
      expect.objectContaining({ level: 'info', code: 'FIELD_ADDED', coordinate: 'public/Book.cost' }),
    ]);
  });

  it('does not say again what is so for the whole graph', async () => {
    const after = edited(shop, ['reviews', 'rating: Int', '']);
    expect(await check(shop, after, [operation('query Stars { book(id: 1) { rating } }')])).toEqual([]);
    expect(await check(shop, shop)).toEqual([]);
  });

  it('without named clients counts the operations that the variant could answer', async () => {
    repository.given(file, 'variants:\n  public: { exclude: [staff] }\n');
    const after = edited(shop, ['reviews', 'rating: Int', 'rating: Int @tag(name: "staff")']);
    const findings = await check(shop, after, [
      operation('query Stars { book(id: 1) { rating } }'),
      operation('query Costs { book(id: 1) { cost } }'),
    ]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('Stars of web');
    expect(findings[0]?.message).not.toContain('Costs');
  });

  it('fails for a new document of a client that uses what its variant does not have', async () => {
    const findings = await check(shop, shop, [operation('query Costs { book(id: 1) { cost } }')]);
    expect(findings).toEqual([
      expect.objectContaining({ coordinate: 'public/Costs', code: 'OPERATION_INVALID_BEFORE' }),
    ]);
  });

  it('fails when the tags cut out no schema, with the line of the variant', async () => {
    const after = edited(shop, ['catalog', 'type Book @key', 'type Book @tag(name: "staff") @key']);
    const findings = await check(shop, after);
    expect(findings[0]).toMatchObject({
      level: 'error',
      code: 'CONTRACT_REFERENCED_INACCESSIBLE',
      coordinate: 'public',
      file,
      line: 2,
    });
    expect((await check(after, after)).map(({ level }) => level)).not.toContain('error');
  });

  it('checks a new variant, and fails for one that is gone', async () => {
    const commit = repository.commit();
    repository.given(file, 'variants:\n  open: { include: [open], clients: [web] }\n');
    const context = contextOf(repository.root, {
      operations: [operation('query Stars { newest { rating } }')],
    });
    const findings = await contractsStep(versionAt(commit, shop), versionOf(shop), context);
    expect(findings).toEqual([
      expect.objectContaining({ level: 'error', code: 'CONTRACT_REMOVED', coordinate: 'public' }),
      expect.objectContaining({ level: 'error', code: 'OPERATION_INVALID', coordinate: 'open/Stars' }),
    ]);
  });

  it('finds what other tags of a variant do to its clients', async () => {
    const commit = repository.commit();
    repository.given(file, given.replace('[staff]', '[staff, open]'));
    const context = contextOf(repository.root, {
      operations: [operation('query Names { book(id: 1) { name } }')],
    });
    const findings = await contractsStep(versionAt(commit, shop), versionOf(shop), context);
    expect(findings.filter(({ level }) => level === 'error')).toEqual([
      expect.objectContaining({ code: 'FIELD_REMOVED', coordinate: 'public/Book.name' }),
    ]);
  });

  it('has nothing to say without a contracts file, or without a composed graph', async () => {
    expect(
      await contractsStep(null, { ...versionOf(shop), supergraphSdl: null }, contextOf(repository.root)),
    ).toEqual([]);
    repository.without(file);
    expect(await contractsStep(null, versionOf(shop), contextOf(repository.root))).toEqual([]);
  });

  test.each([
    ['no YAML', 'variants: [', /Flow|variants/],
    ['a list', 'variants: [public]', /variants/],
    ['an unknown key', 'variants:\n  public: { exlude: [staff] }', /exlude/],
    ['a tag with a space', 'variants:\n  public: { exclude: ["the staff"] }', /expected a tag/],
    ['a name in capitals', 'variants:\n  Public: {}', /Public|name/],
  ])('says where a contracts file with %s is wrong', async (_title, text, told) => {
    repository.given(file, text);
    const [finding] = await contractsStep(null, versionOf(shop), contextOf(repository.root));
    expect(finding).toMatchObject({
      level: 'error',
      code: 'CONTRACTS_INVALID',
      file,
      mend: expect.stringContaining('exclude'),
    });
    expect(finding?.message).toMatch(told);
  });
});

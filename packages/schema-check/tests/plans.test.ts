import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { generatedGraph } from '../../../bench/schema-check/generated-graph.ts';
import { composeVersion } from '../src/graph/compose-version.ts';
import type { GraphVersion } from '../src/graph/graph-version.ts';
import { supergraphOf } from '../src/graph/supergraph-of.ts';
import type { KnownOperation } from '../src/operations/known-operation.ts';
import { describePlan } from '../src/plans/describe-plan.ts';
import { partsOfOperation } from '../src/plans/operation-parts.ts';
import { plannerOf } from '../src/plans/planner.ts';
import { plansStep } from '../src/plans/plans-step.ts';
import { changedParts, partsOf } from '../src/plans/supergraph-parts.ts';
import { edited, operation, type Schemas, versionOf } from './small-graph.ts';
import { contextOf, type TemporaryRepository, temporaryRepository } from './temporary-repository.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject"
])`;

const shop: Schemas = {
  catalog: `${link}
    type Query { book(id: ID!): Book reading: Media media: [Media!]! }
    interface Media @key(fields: "id") { id: ID! name: String! }
    type Book implements Media @key(fields: "id") { id: ID! name: String! @shareable weight: Int pages: Int author: Author }
    type Film implements Media @key(fields: "id") { id: ID! name: String! minutes: Int }
    type Author @key(fields: "id") { id: ID! name: String! }`,
  stock: `${link}
    type Query { shelves: [Shelf!]! }
    type Shelf { label: String! books: [Book!]! @provides(fields: "name") }
    type Book @key(fields: "id") { id: ID! name: String! @external weight: Int @external onShelf: Int postage: Int @requires(fields: "weight") }`,
  reviews: `${link}
    type Query { newest: String }
    type Media @interfaceObject @key(fields: "id") { id: ID! rating: Int }`,
};

/** The same with a field in a subgraph of its own. */
const withPrinting: Schemas = {
  ...edited(shop, ['catalog', 'pages: Int ', '']),
  printing: `${link} type Book @key(fields: "id") { id: ID! pages: Int }`,
};

const page = operation('query BookPage($id: ID!) { book(id: $id) { name pages onShelf } }');

let repository: TemporaryRepository;
beforeEach(() => {
  repository = temporaryRepository();
});
afterEach(() => {
  repository.remove();
});

function plans(before: GraphVersion | null, after: GraphVersion, operations: readonly KnownOperation[]) {
  for (const version of [before, after]) {
    expect(version?.remarks.filter(({ level }) => level === 'error') ?? []).toEqual([]);
  }
  return plansStep(before, after, contextOf(repository.root, { operations }));
}

describe('an operation without a budget', () => {
  it('fails when a field that it uses moves to a further subgraph, and shows both plans', async () => {
    const findings = await plans(versionOf(shop, 'main'), versionOf(withPrinting), [page]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      step: 'plans',
      level: 'error',
      code: 'PLAN_DEARER',
      coordinate: 'BookPage',
    });
    expect(
      findings[0]?.message,
    ).toBe(`BookPage of web 1.4.0 took 2 requests, 2 one after another, and now takes 3 requests, 2 one after another.
Plan of main (2 requests, 2 one after another):
  one after another
    catalog: {book(id:$id){__typename id name pages}}
    stock at book by Book { id }: {...on Book{onShelf}}
Plan now (3 requests, 2 one after another):
  one after another
    catalog: {book(id:$id){__typename id name}}
    side by side
      stock at book by Book { id }: {...on Book{onShelf}}
      printing at book by Book { id }: {...on Book{pages}}`);
    expect(findings[0]?.details).toMatchObject({
      before: { fetches: 2, depth: 2 },
      after: { fetches: 3, depth: 2 },
      clients: [{ name: 'web' }],
    });
    expect(findings[0]?.mend).toContain('BookPage: { fetches: 3, depth: 2 }');
  });

  test.each<[string, Parameters<typeof edited>[1][], string, string[]]>([
    [
      'a @provides goes',
      [
        ['stock', '@provides(fields: "name")', ''],
        ['stock', 'name: String! @external', ''],
      ],
      '{ shelves { books { name } } }',
      ['PLAN_DEARER'],
    ],
    [
      'a @requires comes to a field that it uses',
      [['stock', 'onShelf: Int', 'onShelf: Int @requires(fields: "weight")']],
      'query Q { shelves { books { onShelf } } }',
      ['PLAN_DEARER'],
    ],
    [
      'what a key rests on changes',
      [
        ['stock', '@key(fields: "id") { id: ID!', '@key(fields: "code") { code: ID!'],
        [
          'catalog',
          'type Book implements Media @key(fields: "id") { id: ID!',
          'type Book implements Media @key(fields: "id") @key(fields: "code") { id: ID! code: ID!',
        ],
      ],
      'query Q($id: ID!) { book(id: $id) { onShelf } }',
      [],
    ],
    [
      'a field that it does not use moves',
      [
        ['catalog', 'minutes: Int', ''],
        ['stock', 'type Shelf', 'type Film @key(fields: "id") { id: ID! minutes: Int }\n type Shelf'],
      ],
      'query Q { reading { name } }',
      [],
    ],
    [
      'an @interfaceObject comes to have the field',
      [['catalog', 'weight: Int', 'weight: Int @shareable']],
      'query Q { media { name rating } }',
      [],
    ],
    [
      'it gets cheaper',
      [
        ['stock', 'onShelf: Int', 'onShelf: Int @shareable'],
        ['catalog', 'pages: Int', 'pages: Int onShelf: Int @shareable'],
      ],
      'query Q($id: ID!) { book(id: $id) { onShelf } }',
      [],
    ],
  ])('when %s', async (_title, edits, body, codes) => {
    const findings = await plans(versionOf(shop), versionOf(edited(shop, ...edits)), [operation(body)]);
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  it('is told once, with every client that sends it', async () => {
    const after = edited(
      shop,
      ['stock', '@provides(fields: "name")', ''],
      ['stock', 'name: String! @external', ''],
    );
    const body = 'query Shelves { shelves { books { name } } }';
    const app = { ...operation(body), client: { name: 'app', version: '7' } };
    const findings = await plans(versionOf(shop), versionOf(after), [operation(body), app]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('Shelves of web 1.4.0, app 7 took 1 request, 1 one after another');
  });

  it('is left to the step of the operations while it is not valid', async () => {
    const after = edited(shop, ['catalog', 'pages: Int', 'leaves: Int']);
    expect(await plans(versionOf(shop), versionOf(after), [page, operation('{ nothing }')])).toEqual([]);
  });

  it('may cost anything while nothing is known of before', async () => {
    expect(await plans(null, versionOf(shop), [page])).toEqual([]);
    const apiOnly: GraphVersion = {
      ...versionOf(shop, 'the running graph'),
      supergraphSdl: null,
      subgraphs: [],
    };
    const findings = await plans(apiOnly, versionOf(shop), [page]);
    expect(findings).toEqual([expect.objectContaining({ level: 'info', code: 'NO_PLANS_BEFORE' })]);
  });
});

describe('a budget', () => {
  const budget = (text: string) => repository.given('schema/operations/budgets.yaml', text);
  it('allows more than before', async () => {
    budget('budgets:\n  BookPage: { fetches: 3, depth: 2 }\n');
    expect(await plans(versionOf(shop), versionOf(withPrinting), [page])).toEqual([]);
  });

  test.each([
    ['fetches', 'fetches: 1', '1 request'],
    ['depth', 'depth: 1', '1 one after another'],
  ])(
    'of %s fails an operation that is over it, also when nothing has changed',
    async (_title, text, told) => {
      budget(`budgets:\n  BookPage: { ${text} }\n`);
      const [finding] = await plans(versionOf(shop), versionOf(shop), [page]);
      expect(finding).toMatchObject({ level: 'error', code: 'PLAN_OVER_BUDGET' });
      expect(finding?.message).toContain(
        `BookPage of web 1.4.0 has a budget of ${told}, and its plan takes 2 requests`,
      );
    },
  );

  it('counts for a new graph too', async () => {
    budget('budgets:\n  BookPage: { fetches: 1 }\n');
    const [finding] = await plans(null, versionOf(shop), [page]);
    expect(finding?.code).toBe('PLAN_OVER_BUDGET');
    expect(finding?.message).not.toContain('Plan of');
  });

  it('warns of a budget that no operation has, with its line', async () => {
    budget('budgets:\n  BookPage: { fetches: 9 }\n  BookPgae: { fetches: 9 }\n');
    expect(await plans(null, versionOf(shop), [page])).toEqual([
      expect.objectContaining({
        level: 'warning',
        code: 'BUDGET_UNUSED',
        file: 'schema/operations/budgets.yaml',
        line: 3,
      }),
    ]);
  });

  test.each([
    ['no YAML', 'budgets: [', 1, /Flow sequence|Expected budgets/],
    ['another key', 'budget:\n  BookPage: { fetches: 1 }\n', undefined, /budgets/],
    ['a text for a number', 'budgets:\n  BookPage:\n    fetches: few\n', 3, /budgets\.BookPage\.fetches/],
    ['a negative number', 'budgets:\n  BookPage: { depth: -1 }\n', 2, /budgets\.BookPage\.depth/],
  ])('file with %s says where and how to go on', async (_title, text, line, told) => {
    budget(text);
    const [finding] = await plans(versionOf(shop), versionOf(shop), [page]);
    expect(finding).toMatchObject({
      level: 'error',
      code: 'BUDGETS_INVALID',
      mend: expect.stringContaining('NameOfOperation'),
    });
    expect(finding?.line).toBe(line);
    expect(finding?.message).toMatch(told);
  });
});

describe('what is not planned again', () => {
  const size = { subgraphs: 6, fields: 360, operations: 60 };
  const files = generatedGraph(size);
  const subgraphs = files
    .filter(({ path }) => path.endsWith('schema.graphql'))
    .map(({ path, text }) => ({
      name: path.split('/')[1] ?? '',
      routingUrl: `http://localhost/${path}`,
      sdl: text,
      file: path,
    }));
  const documents = [
    ...files.filter(({ path }) => /operation\d+\.graphql$/.test(path)).map(({ text }) => text),
    'query A { item0(id: 1) { next { next { next { name ratingOf2 linkedItem0 { name } } } } } }',
    'mutation B { createItem3(input: { name: "" }) { ... on Item3 { noteOf2 companion { noteOf5 } } } }',
    '{ items1 { edges { node { ...Parts } } } } fragment Parts on Item1 { companion { ...More } } fragment More on Item4 { details { summary } noteOf3 }',
  ].map((text) => parse(text));
  type Edit = (text: string, name: string) => string;
  const version = (edit: Edit, more: Schemas = {}) =>
    composeVersion(
      'generated',
      [
        ...subgraphs.map((subgraph) => ({ ...subgraph, sdl: edit(subgraph.sdl, subgraph.name) })),
        ...Object.entries(more).map(([name, sdl]) => ({
          name,
          sdl,
          routingUrl: `http://${name}/`,
          file: name,
        })),
      ],
      { satisfiable: false },
    );
  const asItWas: Edit = (text) => text;
  const in3 =
    (from: string | RegExp, to: string): Edit =>
    (text, name) =>
      name === 'domain-3' ? text.replace(from, to) : text;
  const before = version(asItWas);
  const all = documents.length;
  const items = (text: (number: number) => string) =>
    `${link} ${Array.from({ length: size.subgraphs }, (_, number) => text(number)).join('\n')}`;

  test.each<[title: string, edit: Edit, more: Schemas, atLeast: number]>([
    [
      'a field comes',
      in3('"In which state it is."', '"New."\n  brandNew: String\n  "In which state it is."'),
      {},
      all,
    ],
    [
      'a field is deprecated, and one gets a tag',
      in3(/( {2}noteOf3: String)\n/, '$1 @deprecated(reason: "Use name.") @tag(name: "staff")\n'),
      {},
      all,
    ],
    ['a field of a contributed type goes', in3(/ {2}"[^"]+"\n {2}noteOf3: String\n/, ''), {}, all / 3],
    ['a root field comes', in3('type Query {', 'type Query {\n  "New."\n  freshItem3: Item3'), {}, all],
    [
      'a type gets a further key',
      in3('type Item3 @key(fields: "id")', 'type Item3 @key(fields: "id") @key(fields: "name")'),
      {},
      all / 4,
    ],
    [
      'a member of a union comes',
      in3('= Item3 | Item3RefusedError', '= Item3 | Item3RefusedError | Item3Removed'),
      {},
      all / 2,
    ],
    [
      'an entity is no longer resolvable',
      in3(/type Item4 @key\(fields: "id"\)/, 'type Item4 @key(fields: "id", resolvable: false)'),
      {},
      all / 4,
    ],
    [
      'a field is answered twice',
      (text, name) => {
        const shared = text.replace('  name: String!', '  name: String! @shareable');
        if (name === 'domain-3') return shared;
        return name === 'domain-2'
          ? text.replace('  noteOf2: String', '  noteOf2: String\n  "Its name."\n  name: String! @shareable')
          : text;
      },
      {},
      all / 4,
    ],
    [
      'a subgraph comes that adds a field to every entity',
      asItWas,
      { watcher: items((number) => `type Item${number} @key(fields: "id") { id: ID! watchers: Int }`) },
      all,
    ],
    [
      'a subgraph comes that has a field of every entity too',
      (text) => text.replace('  name: String!', '  name: String! @shareable'),
      {
        copies: items(
          (number) => `type Item${number} @key(fields: "id") { id: ID! name: String! @shareable }`,
        ),
      },
      0,
    ],
    [
      'a subgraph comes that leads from one key to another',
      asItWas,
      {
        bridge: items(
          (number) => `type Item${number} @key(fields: "id") @key(fields: "code") { id: ID! code: String! }`,
        ),
      },
      0,
    ],
    [
      'a subgraph comes with ways of its own to the entities',
      asItWas,
      {
        ways: `${link} type Query { best: Item1 } type Item1 @key(fields: "id") { id: ID! rival: Item2 } type Item2 @key(fields: "id") { id: ID! }`,
      },
      all,
    ],
  ])('has the plan that it had when %s', (_title, edit, more, atLeast) => {
    const after = version(edit, more);
    expect(after.remarks.filter(({ level }) => level === 'error')).toEqual([]);
    const [one, other] = [before, after].map(({ supergraphSdl }) => partsOf(supergraphSdl ?? ''));
    const [then, now] = [before, after].map((side) => plannerOf(required(supergraphOf(side))));
    const changed = changedParts(required(one), required(other));
    let passedOver = 0;
    for (const document of documents) {
      const [definition] = document.definitions;
      if (definition?.kind !== 'OperationDefinition') throw new Error('expected the operation first');
      const parts = [one, other].flatMap((side) => [
        ...partsOfOperation(document, definition, required(side)),
      ]);
      if (parts.some((part) => changed.has(part))) continue;
      passedOver += 1;
      const name = definition.name?.value ?? null;
      expect(describePlan(required(now).plan(document, name))).toBe(
        describePlan(required(then).plan(document, name)),
      );
    }
    expect(after.supergraphSdl).not.toBe(before.supergraphSdl);
    expect(passedOver).toBeGreaterThanOrEqual(atLeast);
  });
});

function required<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('expected a value');
  return value;
}

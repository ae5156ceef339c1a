import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { FieldUse, UsedOperation } from '../src/operations/usage-source.ts';
import type { Finding } from '../src/report/finding.ts';
import { type CheckedRepository, checkedRepository } from './checked-repository.ts';
import { edited, library } from './small-graph.ts';

const folder = 'schema/operations/web';
const book = `${folder}/book.graphql`;
const bookDocument = 'query Book($id: ID!) {\n  book(id: $id) {\n    name\n    tags\n  }\n}\n';
const withoutTags = edited(library, ['catalog', 'tags: [String!]!', '']);
const withoutNote = edited(library, ['catalog', 'note: String ', '']);

let repository: CheckedRepository;
beforeEach(() => {
  repository = checkedRepository();
  repository.schemas(library);
  repository.write(`${folder}/client.yaml`, 'name: web\nversion: 1.4.0\n');
  repository.write(book, bookDocument);
  repository.commit('The library and its web client');
});
afterEach(() => repository.discard());

/** A record of use that holds these, whenever they were. */
function record(
  operations: readonly UsedOperation[],
  uses: Readonly<Record<string, readonly FieldUse[]>> = {},
) {
  const closed = { count: 0 };
  return {
    closed,
    openUsage: async () => ({
      operations: async (since: Date) => operations.filter(({ lastSeen }) => lastSeen >= since),
      fieldUse: async (coordinate: string, since: Date) =>
        (uses[coordinate] ?? []).filter(({ lastSeen }) => lastSeen >= since),
      close: async () => {
        closed.count += 1;
      },
    }),
  };
}

function sent(body: string | null, more: Partial<UsedOperation> = {}): UsedOperation {
  return {
    clientName: 'app',
    clientVersion: '3.2.0',
    operationName: /^\w+ (\w+)/.exec(body ?? '')?.[1] ?? null,
    body,
    lastSeen: new Date('2026-11-20T09:30:00Z'),
    count: 1_204,
    ...more,
  };
}

const inOperations = (findings: readonly Finding[]) => findings.filter(({ step }) => step === 'operations');
const errorsOf = (findings: readonly Finding[]) =>
  inOperations(findings).filter(({ level }) => level === 'error');

describe('a break of a committed document', () => {
  it('fails, and names the operation, its client, the field and the file', async () => {
    repository.schemas(withoutTags);
    const { ok, findings } = await repository.check();
    expect(ok).toBe(false);
    expect(errorsOf(findings)).toEqual([
      expect.objectContaining({
        code: 'FIELD_REMOVED',
        coordinate: 'Book.tags',
        file: 'subgraphs/catalog/schema.graphql',
        message:
          "Field 'tags' was removed from object type 'Book'. One known operation would break:\n" +
          `  - Book of web 1.4.0 (Book.tags); is refused from then on; no use recorded in the last 30 days; ${book}`,
        mend: expect.stringContaining('@deprecated'),
      }),
    ]);
  });

  it('is no break when the document no longer uses the field', async () => {
    repository.write(book, bookDocument.replace('    tags\n', ''));
    repository.commit('The client has moved');
    repository.schemas(withoutTags);
    const { ok, findings } = await repository.check();
    expect(ok).toBe(true);
    expect(inOperations(findings)).toContainEqual(
      expect.objectContaining({
        level: 'info',
        message: expect.stringContaining('breaks nobody who is known'),
      }),
    );
  });

  it('is a warning when the same change takes the document out, as its client is still out there', async () => {
    repository.write(book, bookDocument.replace('    tags\n', ''));
    repository.schemas(withoutTags);
    const { ok, findings } = await repository.check();
    expect(ok).toBe(true);
    expect(inOperations(findings)).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        code: 'FIELD_REMOVED',
        message: expect.stringMatching(/Book of web .*\n.*released before may still send it/s),
        mend: expect.stringContaining('--usage'),
      }),
    );
  });

  it('is found through the fragments of other files', async () => {
    repository.write(book, 'query Book { book(id: 1) { ...Card } }');
    repository.write(`${folder}/fragments/card.graphql`, 'fragment Card on Book { name ...Tags }');
    repository.write(`${folder}/fragments/tags.graphql`, 'fragment Tags on Book { tags }');
    repository.commit();
    repository.schemas(withoutTags);
    expect(errorsOf((await repository.check()).findings)).toEqual([
      expect.objectContaining({ message: expect.stringContaining(`Book of web 1.4.0 (Book.tags)`) }),
    ]);
  });

  it('is told once for two files with the same operation, and for each client', async () => {
    repository.write(`${folder}/again.graphql`, bookDocument);
    repository.write('schema/operations/app/client.yaml', 'name: app\nversion: 2\n');
    repository.write('schema/operations/app/book.graphql', bookDocument);
    repository.commit();
    repository.schemas(withoutTags);
    const [error] = errorsOf((await repository.check()).findings);
    expect(error?.message).toContain('2 known operations would break');
    expect(error?.details?.['operations']).toEqual([
      expect.objectContaining({ client: 'app', version: '2', operation: 'Book' }),
      expect.objectContaining({ client: 'web' }),
    ]);
  });

  it('names ten operations and says how many more there are', async () => {
    for (let page = 0; page < 14; page += 1) {
      repository.write(
        `${folder}/page-${page}.graphql`,
        `query Page${page} { book(id: ${page}) { name tags } }`,
      );
    }
    repository.commit();
    repository.schemas(withoutTags);
    const [error] = errorsOf((await repository.check()).findings);
    expect(error?.message.match(/ of web /g)).toHaveLength(10);
    expect(error?.message).toContain('and 5 more');
    expect(error?.details?.['operations']).toHaveLength(15);
  });
});

describe('a break of what was recorded', () => {
  beforeEach(() => {
    repository.remove(book);
    repository.commit('No documents');
    repository.schemas(withoutTags);
  });
  const use = 'query Tags { book(id: "") { tags } }';

  it('fails, and names when it was last seen and how often it was sent', async () => {
    const { openUsage, closed } = record([sent(use)]);
    const { ok, findings } = await repository.check({ openUsage });
    expect(ok).toBe(false);
    expect(errorsOf(findings)[0]?.message).toContain(
      'Tags of app 3.2.0 (Book.tags); is refused from then on; last seen 2026-11-20 09:30 UTC, sent 1,204 times in the last 30 days',
    );
    expect(closed.count).toBe(1);
  });

  it('passes when it was last seen before the window', async () => {
    const { openUsage } = record([sent(use, { lastSeen: new Date('2026-10-01T00:00:00Z') })]);
    expect((await repository.check({ openUsage })).ok).toBe(true);
    expect((await repository.check({ openUsage, days: 90 })).ok).toBe(false);
  });

  it('adds up the versions of a client, and names the last', async () => {
    const { openUsage } = record([
      sent(use, { clientVersion: '3.1.0', count: 10, lastSeen: new Date('2026-11-21T00:00:00Z') }),
      sent(use, { clientVersion: '3.0.0', count: 5, lastSeen: new Date('2026-11-19T00:00:00Z') }),
    ]);
    const [error] = errorsOf((await repository.check({ openUsage })).findings);
    expect(error?.message).toContain('Tags of app 3.1.0');
    expect(error?.message).toContain('sent 15 times');
  });

  it('gives a document its use, whatever values were written into it', async () => {
    repository.write(book, 'query Tags { book(id: "7") { tags } }');
    const { openUsage } = record([sent(use, { clientName: 'web', count: 3 })]);
    const [error] = errorsOf((await repository.check({ openUsage })).findings);
    expect(error?.message).toContain('One known operation');
    expect(error?.message).toContain(`sent 3 times in the last 30 days; ${book}`);
  });

  it('is known of operations that were not told apart by what they used', async () => {
    const { openUsage } = record([sent(null, { clientName: 'other' })], {
      'Book.tags': [
        {
          clientName: 'other',
          clientVersion: null,
          operationName: null,
          lastSeen: new Date('2026-11-22T10:00:00Z'),
          count: 7,
        },
      ],
    });
    const [error] = errorsOf((await repository.check({ openUsage })).findings);
    expect(error?.message).toContain(
      'an unnamed operation of other (Book.tags); last seen 2026-11-22 10:00 UTC, sent 7 times',
    );
  });

  it('is known of a client without a name', async () => {
    const { openUsage } = record([sent(use, { clientName: null, clientVersion: null })]);
    expect(errorsOf((await repository.check({ openUsage })).findings)[0]?.message).toContain(
      'Tags of a client without a name (Book.tags)',
    );
  });

  it('is passed over when its text does not parse', async () => {
    const { openUsage } = record([sent('query Tags { book(')]);
    expect((await repository.check({ openUsage })).ok).toBe(true);
  });
});

describe('an input field that only variables can hold', () => {
  const add = 'mutation Add($input: AddBookInput!) { addBook(input: $input) { __typename } }';
  beforeEach(() => repository.schemas(withoutNote));
  const usesOf = (operationName: string): Readonly<Record<string, readonly FieldUse[]>> => ({
    'AddBookInput.note': [
      {
        clientName: 'app',
        clientVersion: '3.2.0',
        operationName,
        lastSeen: new Date('2026-11-20T09:30:00Z'),
        count: 2,
      },
    ],
  });

  it('fails when the record says that it was sent', async () => {
    const { openUsage } = record([sent(add)], usesOf('Add'));
    expect(errorsOf((await repository.check({ openUsage })).findings)).toEqual([
      expect.objectContaining({
        code: 'INPUT_FIELD_REMOVED',
        message: expect.stringContaining(
          'Add of app 3.2.0 (AddBookInput.note); is refused by what its variables hold',
        ),
      }),
    ]);
  });

  it('passes when the record knows the operation and says that it was not', async () => {
    const { openUsage } = record([sent(add)]);
    expect((await repository.check({ openUsage })).ok).toBe(true);
  });

  it('fails for a document of which no use is recorded', async () => {
    repository.write(`${folder}/add.graphql`, add);
    const { openUsage } = record([]);
    expect((await repository.check({ openUsage })).ok).toBe(false);
  });

  it('fails when it must be sent from now on, whatever the record says', async () => {
    repository.schemas(edited(library, ['catalog', 'note: String ', 'note: String! ']));
    const { openUsage } = record([sent(add)]);
    expect(errorsOf((await repository.check({ openUsage })).findings)).toEqual([
      expect.objectContaining({ code: 'INPUT_FIELD_TYPE_CHANGED' }),
    ]);
  });
});

describe('an operation that was invalid before', () => {
  it('is told apart by a warning, with how to go on', async () => {
    repository.write(`${folder}/old.graphql`, 'query Old { book(id: 1) { colour } }');
    repository.commit('An invalid document');
    repository.schemas(withoutTags);
    const { findings } = await repository.check();
    expect(inOperations(findings)).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        code: 'OPERATION_INVALID_BEFORE',
        coordinate: 'Old',
        file: `${folder}/old.graphql`,
        message: expect.stringMatching(/invalid before this change already.*\n.*Cannot query field "colour"/),
        mend: expect.stringContaining('delete it'),
      }),
    );
    expect(errorsOf(findings).map(({ coordinate }) => coordinate)).toEqual(['Book.tags']);
  });

  it('is an error when its document came with this change', async () => {
    repository.write(`${folder}/new.graphql`, 'query New { book(id: 1) { colour } }');
    expect(errorsOf((await repository.check()).findings)).toEqual([
      expect.objectContaining({
        code: 'OPERATION_INVALID',
        file: `${folder}/new.graphql`,
        message: expect.stringMatching(/^New is new since main .* does not fit the graph:\n.*colour/),
      }),
    ]);
  });

  it('is no matter when this change mends it', async () => {
    repository.write(`${folder}/old.graphql`, 'query Old { book(id: 1) { colour } }');
    repository.commit('An invalid document');
    repository.schemas(edited(library, ['catalog', 'tags: [String!]!', 'tags: [String!]! colour: String']));
    expect(inOperations((await repository.check()).findings)).toEqual([]);
  });
});

describe('what cannot be read is told, with how to go on', () => {
  const manifest = (operations: unknown) =>
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
  test.each([
    ['a manifest that is no JSON', 'manifest.json', '{ not json', 'MANIFEST_INVALID', /found /],
    [
      'a manifest of another format',
      'manifest.json',
      '{"format":"relay","version":1,"operations":[]}',
      'MANIFEST_INVALID',
      /format: /,
    ],
    [
      'a manifest of another version',
      'manifest.json',
      manifest([]).replace('1', '2'),
      'MANIFEST_INVALID',
      /version: /,
    ],
    [
      'a manifest whose operation has no body',
      'manifest.json',
      manifest([{ id: 'a', name: 'A', type: 'query' }]),
      'MANIFEST_INVALID',
      /operations\.0\.body/,
    ],
    [
      'a manifest whose body does not parse',
      'manifest.json',
      manifest([{ id: 'a', name: 'A', type: 'query', body: 'query A {' }]),
      'MANIFEST_INVALID',
      /the body of A: Syntax Error/,
    ],
    [
      'a manifest whose body has two operations',
      'manifest.json',
      manifest([
        { id: 'a', name: 'A', type: 'query', body: 'query A { __typename } query B { __typename }' },
      ]),
      'MANIFEST_INVALID',
      /expected one operation, found 2/,
    ],
    [
      'a document that does not parse',
      'broken.graphql',
      'query Broken {\n  book(',
      'DOCUMENT_UNPARSABLE',
      /Syntax Error/,
    ],
    [
      'a document that defines a schema',
      'type.graphql',
      'type Book { id: ID! }',
      'DOCUMENT_UNPARSABLE',
      /definition of a schema/,
    ],
    ['a client without a name', 'client.yaml', 'version: 1\n', 'CLIENT_INVALID', /say the name/],
    ['a client.yaml that is no YAML', 'client.yaml', 'name: [web\n', 'CLIENT_INVALID', /say the name/],
  ])('%s', async (_, file, text, code, message) => {
    repository.write(`${folder}/${file}`, text);
    const { ok, findings } = await repository.check();
    expect(ok).toBe(false);
    expect(errorsOf(findings)).toContainEqual(
      expect.objectContaining({
        code,
        file: `${folder}/${file}`,
        message: expect.stringMatching(message),
        mend: expect.stringMatching(/\w/),
      }),
    );
  });

  it('a folder without a client.yaml', async () => {
    repository.write('schema/operations/tv/book.graphql', bookDocument);
    expect(errorsOf((await repository.check()).findings)).toContainEqual(
      expect.objectContaining({
        code: 'CLIENT_INVALID',
        message: expect.stringContaining('which client sends'),
      }),
    );
  });

  it('names the line of a document', async () => {
    repository.write(`${folder}/broken.graphql`, 'query Broken {\n  book(\n}');
    expect(errorsOf((await repository.check()).findings)[0]).toMatchObject({ line: 3 });
  });
});

it('knows the operations of a manifest that has no documents beside it', async () => {
  repository.remove(book);
  repository.write(
    `${folder}/manifest.json`,
    JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: 'a', name: 'Tags', type: 'query', body: 'query Tags { book(id: 1) { tags } }' }],
    }),
  );
  repository.commit();
  repository.schemas(withoutTags);
  expect(errorsOf((await repository.check()).findings)[0]?.message).toContain(
    `Tags of web 1.4.0 (Book.tags); is refused from then on; no use recorded in the last 30 days; ${folder}/manifest.json`,
  );
});

it('says that nobody is known when a break meets no operation at all', async () => {
  repository.remove(folder);
  repository.commit();
  repository.schemas(withoutTags);
  const { ok, findings } = await repository.check();
  expect(ok).toBe(true);
  expect(inOperations(findings)).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      code: 'NO_OPERATIONS',
      mend: expect.stringContaining('schema/operations'),
    }),
  );
});

it('tells who has to move when a field is deprecated', async () => {
  repository.schemas(
    edited(library, ['catalog', 'tags: [String!]!', 'tags: [String!]! @deprecated(reason: "Use subjects.")']),
  );
  const { ok, findings } = await repository.check();
  expect(ok).toBe(true);
  expect(inOperations(findings)).toEqual([
    expect.objectContaining({
      level: 'info',
      code: 'FIELD_DEPRECATION_ADDED',
      message: expect.stringContaining('These use it and have to move:\n  - Book of web 1.4.0'),
    }),
  ]);
});

it('knows @defer, which the router answers by itself', async () => {
  repository.write(book, 'query Book { book(id: 1) { name ... @defer { tags } } }');
  expect(inOperations((await repository.check()).findings)).toEqual([]);
});

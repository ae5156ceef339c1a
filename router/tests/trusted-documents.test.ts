import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createLogger } from '@stoa/telemetry';
import { describe, expect, it, vi } from 'vitest';
import { startRouter } from './start-router.ts';

const page = 'query Page($id: ID!) {\n  book(id: $id) {\n    title\n  }\n}';
const rename = 'mutation Rename {\n  rename(id: "1", title: "New") {\n    title\n  }\n}';
const who = '{ whoami }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOf = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256(text) } });
const manifest = (operations: object[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });
const entry = (body: string, id = sha256(body)) => ({ id, body, name: 'Any', type: 'query' });
const answer = { data: { book: { title: 'Book 1' } } };
const variables = { id: '1' };

/** A folder of these files. */
function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-router-documents-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
const bookshop = folderOf({
  'web/manifest.json': manifest([entry(page), entry(rename)]),
  'mobile/manifest.json': manifest([entry(page, 'page-by-name')]),
  'budgets/fetches.yaml': 'Page: 1',
});

const start = (mode: 'off' | 'log' | 'only', environment: Record<string, string> = {}) =>
  startRouter({ environment: { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_DIR: bookshop, ...environment } });

describe.each(['off', 'log', 'only'] as const)('with TRUSTED_DOCUMENTS=%s', (mode) => {
  it.each([
    ['id', { id: sha256(page) }],
    ["an id that is no hash, as another client's tools make them", { id: 'page-by-name' }],
    ['documentId', { documentId: sha256(page) }],
    ['documentId that names its hash', { documentId: `sha256:${sha256(page)}` }],
    ['the hash of a persisted query', { extensions: hashOf(page) }],
    ['the text', { query: page }],
    ['the text in another layout', { query: page.replaceAll(/\s+/g, '  ,\n') }],
    ['the text and its hash', { query: page, extensions: hashOf(page) }],
  ])('a trusted document runs by %s', async (_, request) => {
    const { post } = await start(mode);
    expect(await post({ ...request, variables })).toMatchObject({ status: 200, body: answer });
  });

  it.each([
    ['id', { id: sha256(page) }],
    ['documentId', { documentId: sha256(page) }],
    ['the hash of a persisted query', { extensions: JSON.stringify(hashOf(page)) }],
  ])('a trusted query runs by %s of a GET request', async (_, request) => {
    const { get } = await start(mode);
    expect(await get({ ...request, variables: JSON.stringify(variables) })).toMatchObject({
      status: 200,
      body: answer,
    });
  });

  it('a trusted mutation is refused by GET, as any other', async () => {
    const { get, graph } = await start(mode);
    expect((await get({ id: sha256(rename) })).status).toBe(405);
    expect(graph.sent).toEqual([]);
  });

  it.each(['id', 'documentId'])('an %s of no manifest is refused, by POST and by GET', async (key) => {
    const { post, get } = await start(mode);
    for (const refused of [await post({ [key]: sha256(who) }), await get({ [key]: sha256(who) })]) {
      expect(refused).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' } }] },
      });
      expect(refused.body.errors[0].message).toContain('not of an operation that this graph trusts');
    }
  });

  it('a request without an operation is told so', async () => {
    const { post } = await start(mode);
    const { status, body } = await post({ variables });
    expect(status).toBe(400);
    expect(body.errors[0].message).toContain('must contain a non-empty `query`');
  });
});

describe('with TRUSTED_DOCUMENTS=only', () => {
  it.each([
    ['another text', { query: who }],
    ['a text that is not GraphQL', { query: '{ "' }],
    ['another text beside a trusted id', { query: who, id: sha256(page), documentId: sha256(page) }],
    ['another text under a trusted hash', { query: who, extensions: hashOf(page) }],
    ['another text with its own hash', { query: who, extensions: hashOf(who) }],
    ['the hash of another text', { extensions: hashOf(who) }],
    ['the schema', { query: '{ __schema { types { name } } }' }],
  ])('%s is refused and reaches no subgraph', async (_, request) => {
    const { post, get, graph } = await start('only');
    const inUrl = Object.fromEntries(
      Object.entries(request).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    );
    for (const refused of [await post(request), await get(inUrl)]) {
      expect(refused.status).toBe(400);
      expect(refused.body.errors).toEqual([
        {
          message: expect.stringContaining('this graph trusts'),
          extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
        },
      ]);
    }
    expect(graph.sent).toEqual([]);
  });

  const [trusted, another] = [encodeURIComponent(page), encodeURIComponent(who)];
  it.each([
    ['beside a trusted one', `?query=${trusted}&query=${another}&query=${trusted}`],
    ['behind a second question mark', `?x=?&query=${another}`],
    ['behind a hash', `?query=${trusted}&x=#&query=${another}`],
    ['in capitals of percent-encoding', `?%71uery=${another}`],
  ])('another text is not run %s of a URL', async (_, search) => {
    const { router, graph } = await start('only');
    await router.server.inject({
      url: `/graphql${search}&variables=${encodeURIComponent('{"id":"1"}')}`,
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(graph.sent.filter(({ query }) => query.includes('whoami'))).toEqual([]);
  });

  it('another text is not run in a list of operations', async () => {
    const { post, graph } = await start('only');
    expect((await post([{ query: page, variables }, { query: who }])).body.errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_IN_LIST',
    );
    expect(graph.sent).toEqual([]);
  });
});

describe('with TRUSTED_DOCUMENTS=log', () => {
  it('another operation runs, and is logged once a client, without its values', async () => {
    const logger = createLogger({ name: 'router', level: 'silent' });
    const logged = vi.spyOn(logger, 'warn');
    const { post } = await startRouter({
      logger,
      environment: { TRUSTED_DOCUMENTS: 'log', TRUSTED_DOCUMENTS_DIR: bookshop },
    });
    const client = { 'apollographql-client-name': 'web', 'apollographql-client-version': '7' };
    for (const id of ['1', '2']) {
      const { body } = await post({ query: `query Peek { book(id: "${id}") { title } }` }, client);
      expect(body.data.book.title).toBe(`Book ${id}`);
    }
    await post({ query: page, variables }, client);
    await post({ query: '{ nothing }' }, client);
    expect(logged.mock.calls).toEqual([
      [
        {
          event: 'trusted-documents.unlisted',
          client: { name: 'web', version: '7' },
          operation: 'Peek',
          id: expect.stringMatching(/^[0-9a-f]{64}$/),
          body: 'query Peek {\n  book(id: "") {\n    title\n  }\n}',
        },
      ],
    ]);
    await post({ query: 'query Peek { book(id: "3") { title } }' });
    expect(logged).toHaveBeenCalledTimes(2);
  });
});

describe('an automatic persisted query', () => {
  it('is asked for once, then runs by its hash alone', async () => {
    const { post, get } = await start('off');
    const unknown = await post({ extensions: hashOf(who) });
    expect(unknown.body.errors[0]).toMatchObject({ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
    expect((await post({ query: who, extensions: hashOf(who) })).body.data.whoami).toBe('somebody');
    expect((await post({ extensions: hashOf(who) })).body.data.whoami).toBe('somebody');
    expect((await get({ extensions: JSON.stringify(hashOf(who)) })).body.data.whoami).toBe('somebody');
  });

  it('is not taken under the hash of another text', async () => {
    const { post } = await start('off');
    const { status, body } = await post({ query: who, extensions: hashOf(`${who} `) });
    expect(status).toBe(400);
    expect(body.errors[0].message).toContain('sha does not match');
  });

  it('leaves when the texts used since fill the cache', async () => {
    const { post } = await start('off', { AUTOMATIC_PERSISTED_QUERIES_BYTES: '10000' });
    const texts = ['a', 'b', 'c'].map((name) => `query ${name} { whoami } #${'x'.repeat(1_800)}`);
    const [a = '', b = '', c = ''] = texts;
    const isKept = async (text: string) => (await post({ extensions: hashOf(text) })).body.data !== undefined;
    for (const text of [a, b]) await post({ query: text, extensions: hashOf(text) });
    expect(await isKept(a)).toBe(true);
    await post({ query: c, extensions: hashOf(c) });
    expect([await isKept(a), await isKept(b), await isKept(c)]).toEqual([true, false, true]);
  });

  it('is not taken with AUTOMATIC_PERSISTED_QUERIES=off, while the hashes of manifests are', async () => {
    const { post } = await start('off', { AUTOMATIC_PERSISTED_QUERIES: 'off' });
    expect((await post({ extensions: hashOf(who) })).body.errors[0].extensions.code).toBe(
      'PERSISTED_QUERY_NOT_SUPPORTED',
    );
    expect((await post({ extensions: hashOf(page), variables })).body).toEqual(answer);
  });
});

describe('the manifests', () => {
  const startOver = (files: Record<string, string>, mode = 'off') =>
    startRouter({ environment: { TRUSTED_DOCUMENTS: mode, TRUSTED_DOCUMENTS_DIR: folderOf(files) } });

  it.each([
    ['is not JSON', '{', 'manifest.json is not a persisted-query manifest of version 1'],
    ['is of another format', '{ "format": "mine", "version": 1, "operations": [] }', 'at format'],
    [
      'has an operation without a body',
      manifest([{ id: 'x' }]),
      /expected string, received undefined at operations\.0\.body/,
    ],
    [
      'has a body that is not GraphQL',
      manifest([entry('{', 'x')]),
      /the body of the operation x is not GraphQL/,
    ],
    [
      'has an id twice',
      manifest([entry(page, 'x'), entry(who, 'x')]),
      /the id x belongs to another operation already/,
    ],
  ])('keep the router from starting when one %s, with the way out', async (_, text, message) => {
    await expect(startOver({ 'web/manifest.json': text })).rejects.toThrow(message);
    await expect(startOver({ 'web/manifest.json': text })).rejects.toThrow('npm run operations');
  });

  it.each(['log', 'only'])('have to have some operation with TRUSTED_DOCUMENTS=%s', async (mode) => {
    await expect(startOver({ 'web/manifest.json': manifest([]) }, mode)).rejects.toThrow(
      /no operation in a manifest\.json under .*TRUSTED_DOCUMENTS=/,
    );
  });

  it('need not be there otherwise', async () => {
    const { post } = await startOver({});
    expect((await post({ query: who })).status).toBe(200);
  });
});

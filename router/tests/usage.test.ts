import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@stoa/telemetry';
import { openUsageStore } from '@stoa/usage';
import { describe, expect, it, vi } from 'vitest';
import { maker, startRouter } from './start-router.ts';

const storefront = { 'apollographql-client-name': 'storefront', 'apollographql-client-version': '2.1.0' };

/** A router that records use, and what it has on record once it has stopped. */
async function startRecording(environment: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-router-usage-'));
  const started = await startRouter({ environment: { USAGE: 'on', STOA_DATA_DIR: folder, ...environment } });
  const recorded = async () => {
    await started.router.stop();
    const store = await openUsageStore({ url: `sqlite:${join(folder, 'usage.sqlite')}`, mustExist: true });
    const operations = await store.operations(new Date(0));
    const coordinates = [...(await store.lastUses()).keys()].sort();
    await store.close();
    return { operations, coordinates };
  };
  return { ...started, folder, recorded };
}

/** The coordinates that are on record after one query. */
async function coordinatesOf(query: string, variables: Record<string, unknown> = {}): Promise<string[]> {
  const { post, recorded } = await startRecording();
  const { body } = await post({ query, variables });
  expect(body.errors).toBeUndefined();
  return (await recorded()).coordinates;
}

describe('the record of use', () => {
  it('counts what each client sent, whatever the values', async () => {
    const { post, recorded } = await startRecording();
    for (const id of ['1', '2', '3']) {
      await post({ query: `query Page { book(id: "${id}") { title } }` }, storefront);
    }
    await post({ query: 'query Page { book(id: "1") { title } }' });
    const { operations } = await recorded();
    expect(operations).toHaveLength(2);
    expect(operations).toContainEqual({
      clientName: 'storefront',
      clientVersion: '2.1.0',
      operationName: 'Page',
      body: 'query Page {\n  book(id: "") {\n    title\n  }\n}',
      count: 3,
      lastSeen: expect.any(Date),
    });
    expect(operations).toContainEqual(
      expect.objectContaining({ clientName: null, clientVersion: null, count: 1 }),
    );
  });

  it('takes the client that a token was made for when the client does not name itself', async () => {
    const { post, recorded } = await startRecording();
    const authorization = `Bearer ${maker.token({ client_id: 'mobile' })}`;
    await post({ query: '{ whoami }' }, { authorization });
    await post({ query: '{ whoami }' }, { authorization, ...storefront });
    const { operations } = await recorded();
    expect(operations.map(({ clientName }) => clientName).sort()).toEqual(['mobile', 'storefront']);
  });

  it.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'fields and arguments, under the names of the schema',
      '{ first: book(id: "1") { name: title } }',
      {},
      ['Book.title', 'Query.book', 'Query.book(id:)'],
    ],
    [
      'what fragments select, of those that are used',
      'query { book(id: 1) { ...Parts } } fragment Parts on Book { title }',
      {},
      ['Book', 'Book.title', 'Query.book', 'Query.book(id:)'],
    ],
    [
      'the types that are told apart, and fields of an interface',
      '{ search(text: "x") { __typename ... on Author { name } ... on Named { name } } }',
      {},
      ['Author', 'Author.name', 'Named', 'Named.name', 'Query.search', 'Query.search(text:)'],
    ],
    [
      'input fields and enum values that are written out',
      '{ books(filter: { genres: [POEMS], published: { from: 1900 } }, sort: NEWEST) { id } }',
      {},
      [
        'Book.id',
        'BookFilter.genres',
        'BookFilter.published',
        'BookSort.NEWEST',
        'Genre.POEMS',
        'Query.books',
        'Query.books(filter:)',
        'Query.books(sort:)',
        'YearRange.from',
      ],
    ],
    [
      'input fields and enum values that variables give',
      'query ($filter: BookFilter, $sort: BookSort! = NEWEST) { books(filter: $filter, sort: $sort) { id } }',
      { filter: { author: 'Secret', genres: ['NOVEL'], published: { to: 2000 }, notes: { Key: 1 } } },
      [
        'Book.id',
        'BookFilter.author',
        'BookFilter.genres',
        'BookFilter.notes',
        'BookFilter.published',
        'BookSort.NEWEST',
        'Genre.NOVEL',
        'Query.books',
        'Query.books(filter:)',
        'Query.books(sort:)',
        'YearRange.to',
      ],
    ],
  ])('holds %s', async (_, query, variables, expected) => {
    expect(await coordinatesOf(query, variables)).toEqual(expected);
  });

  it('keeps nothing of an operation that was sent along and not run', async () => {
    const { post, recorded } = await startRecording();
    await post({
      query: 'query A { whoami } query B { book(id: "1") { ...Parts } } fragment Parts on Book { title }',
      operationName: 'A',
    });
    const { operations, coordinates } = await recorded();
    expect(coordinates).toEqual(['Query.whoami']);
    expect(operations[0]?.body).toBe('query A {\n  whoami\n}');
  });

  it('holds no value of an argument or a variable', async () => {
    const { post, recorded } = await startRecording();
    const secret = 'hunter2';
    await post({
      query: `query ($x: String = "${secret}") {
        search(text: $x) { __typename }
        books(filter: { author: """${secret}""", published: { from: 31337 }, notes: { ${secret}: ["${secret}"] } }) { id }
      }`,
      variables: { x: secret },
    });
    await post({
      query: 'query ($f: BookFilter) { books(filter: $f) { id } }',
      variables: { f: { author: secret } },
    });
    const text = JSON.stringify(await recorded());
    expect(text).toContain('BookFilter.notes');
    expect(text).not.toMatch(/hunter2|31337/);
  });

  it('leaves out what was not valid, and what asks the schema about itself', async () => {
    const { post, recorded } = await startRecording();
    await post({ query: '{ nothing }' });
    await post({ query: '{ book(' });
    await post({ query: '{ __schema { types { name } } __typename }' });
    await post({ query: '{ whoami }' }, { authorization: 'Bearer x' });
    expect((await recorded()).operations).toEqual([]);
  });

  it('counts an operation whose answer had errors', async () => {
    const { post, recorded } = await startRecording();
    await post({ query: 'query Page($id: ID!) { book(id: $id) { title } }' });
    expect((await recorded()).operations).toEqual([
      expect.objectContaining({ operationName: 'Page', count: 1 }),
    ]);
  });

  it('stops telling operations apart at the bound, and still counts their fields by client', async () => {
    const { post, folder, router } = await startRecording({ USAGE_MAX_OPERATIONS: '2' });
    for (let n = 0; n < 5; n += 1) await post({ query: `query Op${n} { a${n}: whoami }` }, storefront);
    await post({ query: 'query Op0 { a0: whoami }' }, storefront);
    await router.stop();
    const store = await openUsageStore({ url: `sqlite:${join(folder, 'usage.sqlite')}` });
    const use = ({
      clientName,
      operationName,
      count,
    }: {
      clientName: string | null;
      operationName: string | null;
      count: number;
    }) => [clientName, operationName, count];
    expect((await store.operations(new Date(0))).map(use).sort()).toEqual([
      ['storefront', null, 3],
      ['storefront', 'Op0', 2],
      ['storefront', 'Op1', 1],
    ]);
    expect((await store.fieldUse('Query.whoami', new Date(0))).map(use)).toEqual([
      ['storefront', null, 3],
      ['storefront', 'Op0', 2],
      ['storefront', 'Op1', 1],
    ]);
    await store.close();
  });

  it('is written from time to time, without a stop', async () => {
    const { post, folder } = await startRecording({ USAGE_FLUSH_SECONDS: '1' });
    await post({ query: '{ whoami }' });
    const store = await openUsageStore({ url: `sqlite:${join(folder, 'usage.sqlite')}` });
    await expect.poll(async () => (await store.operations(new Date(0))).length, { timeout: 20_000 }).toBe(1);
    await store.close();
  });

  it('costs no answer when its database is away, and says so in the log', async () => {
    const logger = createLogger({ name: 'router', level: 'silent' });
    const logged = vi.spyOn(logger, 'error');
    const { post, router } = await startRouter({
      logger,
      environment: { USAGE: 'on', USAGE_DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/usage' },
    });
    const { body } = await post({ query: '{ whoami }' });
    expect(body).toEqual({ data: { whoami: 'somebody' } });
    await router.stop();
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ event: 'usage.not-written' }));
  });

  it('is not kept with USAGE=off', async () => {
    const { post, recorded } = await startRecording({ USAGE: 'off' });
    await post({ query: '{ whoami }' });
    await sleep(20);
    await expect(recorded()).rejects.toThrow('There is no record of use');
  });
});

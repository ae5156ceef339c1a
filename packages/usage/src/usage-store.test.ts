import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageSource } from '@stoa/schema-check';
import { databaseEngines } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { openUsageStore, type RecordedOperation, type UsageBatch, type UsageStore } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-usage-'));
// A file, not memory: what two openings make of one record is part of it.
const engines = databaseEngines.map(({ engine, freshUrl }) => ({
  engine,
  freshUrl: () =>
    engine === 'sqlite' ? `sqlite:${join(folder, `${crypto.randomUUID()}.sqlite`)}` : freshUrl(),
}));

const web = { name: 'web', version: '2.1.0' };
const nobody = { name: null, version: null };
const since = new Date('2026-11-01T00:00:00Z');

function operation(name: string | null, coordinates: string[]): RecordedOperation {
  return { id: `id of ${name}`, name, kind: 'query', body: `query ${name} { x }`, coordinates };
}
const bookPage = operation('BookPage', ['Query.book', 'Query.book(id:)', 'Book.title']);
const bookList = operation('BookList', ['Query.books', 'Book.title']);

/** A batch in which `client` sent `sent` so many times on a day of November 2026. */
function batch(
  sent: RecordedOperation,
  client: typeof web | typeof nobody,
  day: number,
  count = 1,
): UsageBatch {
  const date = `2026-11-${String(day).padStart(2, '0')}`;
  return {
    operations: [sent],
    counts: [{ client, operationId: sent.id, day: date, count, lastSeen: new Date(`${date}T12:00:00.123Z`) }],
    inputs: [],
    others: [],
  };
}

describe.each(engines)('the record of use on $engine', ({ freshUrl }) => {
  const opened: UsageStore[] = [];
  const open = async (url = freshUrl()) => {
    const store = await openUsageStore({ url });
    opened.push(store);
    return store;
  };
  afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())));

  it('adds up what a client sent, over days and over routers', async () => {
    const url = freshUrl();
    const [one, two] = [await open(url), await open(url)];
    await Promise.all([
      one.write(batch(bookPage, web, 20, 3)),
      two.write(batch(bookPage, web, 20, 4)),
      two.write(batch(bookPage, web, 21, 2)),
      one.write(batch(bookPage, nobody, 20)),
    ]);
    const source: UsageSource = one;
    expect((await source.operations(since)).sort((a, b) => b.count - a.count)).toEqual([
      {
        clientName: 'web',
        clientVersion: '2.1.0',
        operationName: 'BookPage',
        body: bookPage.body,
        count: 9,
        lastSeen: new Date('2026-11-21T12:00:00.123Z'),
      },
      expect.objectContaining({ clientName: null, clientVersion: null, count: 1 }),
    ]);
  });

  it('knows which operations use a field, and leaves out those before the window', async () => {
    const store = await open();
    await store.write(batch(bookPage, web, 20, 3));
    await store.write(batch(bookList, web, 5, 8));
    const users = async (coordinate: string, from = since) =>
      (await store.fieldUse(coordinate, from)).map(({ operationName, count }) => [operationName, count]);
    expect(await users('Book.title')).toEqual([
      ['BookList', 8],
      ['BookPage', 3],
    ]);
    expect(await users('Book.title', new Date('2026-11-06T00:00:00Z'))).toEqual([['BookPage', 3]]);
    // The day is in the window, yet the last use on it was before the hour.
    expect(await users('Book.title', new Date('2026-11-20T13:00:00Z'))).toEqual([]);
    expect(await users('Book.price')).toEqual([]);
  });

  it('tells when an input was last given by variables, apart from when its operation was last sent', async () => {
    const store = await open();
    const given = (day: string) => ({
      operationId: bookList.id,
      coordinate: 'BookFilter.author',
      lastSeen: new Date(day),
    });
    await store.write({ ...batch(bookList, web, 20), inputs: [given('2026-11-03T00:00:00Z')] });
    await store.write({ ...batch(bookList, web, 21), inputs: [given('2026-11-02T00:00:00Z')] });
    expect(await store.fieldUse('BookFilter.author', since)).toEqual([
      expect.objectContaining({ operationName: 'BookList', lastSeen: new Date('2026-11-03T00:00:00Z') }),
    ]);
    expect(await store.fieldUse('BookFilter.author', new Date('2026-11-04T00:00:00Z'))).toEqual([]);
    // What the text itself uses counts whenever the operation does, also when a variable gave it as well.
    await store.write({
      ...batch(bookList, web, 22),
      inputs: [{ ...given('2026-11-02T00:00:00Z'), coordinate: 'Book.title' }],
    });
    expect(await store.fieldUse('Book.title', new Date('2026-11-22T00:00:00Z'))).toHaveLength(1);
  });

  it('keeps what was not told apart by client and field', async () => {
    const store = await open();
    const at = { client: web, day: '2026-11-20', lastSeen: new Date('2026-11-20T10:00:00Z') };
    const others = [
      { ...at, coordinate: null, count: 7 },
      { ...at, coordinate: 'Book.title', count: 5 },
    ];
    await store.write({ operations: [], counts: [], inputs: [], others });
    await store.write({ operations: [], counts: [], inputs: [], others });
    expect(await store.operations(since)).toEqual([
      expect.objectContaining({ clientName: 'web', operationName: null, body: null, count: 14 }),
    ]);
    expect(await store.fieldUse('Book.title', since)).toEqual([
      expect.objectContaining({ clientName: 'web', operationName: null, count: 10 }),
    ]);
  });

  it('knows the last use of every field, and since when it records', async () => {
    const store = await open();
    expect(await store.firstDay()).toBeNull();
    await store.write(batch(bookPage, web, 20));
    await store.write(batch(bookList, web, 9));
    expect(await store.firstDay()).toEqual(new Date('2026-11-09T00:00:00Z'));
    expect(Object.fromEntries(await store.lastUses())).toEqual({
      'Query.book': new Date('2026-11-20T12:00:00.123Z'),
      'Query.book(id:)': new Date('2026-11-20T12:00:00.123Z'),
      'Book.title': new Date('2026-11-20T12:00:00.123Z'),
      'Query.books': new Date('2026-11-09T12:00:00.123Z'),
    });
  });

  it('forgets old days, and operations that nobody sends any more', async () => {
    const store = await open();
    await store.write(batch(bookPage, web, 20));
    await store.write(batch(bookList, web, 9));
    await store.forget(new Date('2026-11-10T00:00:00Z'));
    expect(await store.operations(new Date(0))).toEqual([
      expect.objectContaining({ operationName: 'BookPage' }),
    ]);
    expect((await store.lastUses()).has('Query.books')).toBe(false);
    expect((await store.lastUses()).has('Query.book')).toBe(true);
  });

  it('takes a batch of thousands, or nothing of it', async () => {
    const store = await open();
    const many = Array.from({ length: 2_000 }, (_, index) =>
      operation(`Op${index}`, ['Query.book', `Book.field${index}`]),
    );
    const counts = many.flatMap((sent) => batch(sent, web, 20).counts);
    await store.write({ operations: many, counts, inputs: [], others: [] });
    expect(await store.operations(since)).toHaveLength(2_000);
    const [broken] = batch(bookPage, web, 21).counts;
    await expect(
      store.write({
        ...batch(bookList, web, 21),
        counts: [{ ...broken, count: Number.NaN } as (typeof counts)[number]],
      }),
    ).rejects.toThrow();
    expect(await store.fieldUse('Query.books', since)).toEqual([]);
    expect(await store.operations(since)).toHaveLength(2_000);
  });
});

it('refuses to read a record that was never written', async () => {
  await expect(
    openUsageStore({ url: `sqlite:${join(folder, 'none.sqlite')}`, mustExist: true }),
  ).rejects.toThrow(/There is no record of use at .*none\.sqlite: the router writes one with USAGE=on/);
});

import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  applyPage,
  type ConnectionArguments,
  connectionPage,
  type Database,
  decodeCursor,
  defineMigration,
  encodeCursor,
  type ListOrder,
  openDatabase,
  toConnection,
} from './index.ts';

const words = defineMigration('001-words', (schema) =>
  schema.createTable('word', (table) => {
    table.string('id', 36).primary();
    table.string('text').notNullable();
  }),
);
interface Word {
  id: string;
  text: string;
}
const byText: ListOrder = { list: 'words:text', columns: ['text', 'id'], direction: 'asc' };
const newest: ListOrder = { list: 'words:newest', columns: ['id'], direction: 'desc' };

describe.each(databaseEngines)('a connection on $engine', ({ freshUrl }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ url: freshUrl(), entities: [], migrations: [words] });
    // Two words share a text, so that the id has to decide.
    const rows = ['b', 'a', 'c', 'b', 'd', 'e', 'f'].map((text, index) => ({ id: `w-${index}`, text }));
    await database.em.getConnection().getKnex()('word').insert(rows);
  });
  afterAll(() => database.close());

  const read = async (args: ConnectionArguments, order = byText) => {
    const page = connectionPage(args, order);
    const rows: Word[] = await applyPage(
      database.em.getConnection().getKnex()('word').select('id', 'text'),
      page,
    );
    return toConnection(
      rows,
      page,
      (word) => order.columns.map((column) => word[column as keyof Word]),
      async () => 7,
    );
  };
  const ids = (connection: { nodes: readonly Word[] }) => connection.nodes.map(({ id }) => id);
  const inOrder = ['w-1', 'w-0', 'w-3', 'w-2', 'w-4', 'w-5', 'w-6'];

  it('gives every row once, whatever the size of the page', async () => {
    for (const first of [1, 2, 3, 7]) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await read({ first, after });
        seen.push(...ids(page));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(seen).toEqual(inOrder);
    }
  });

  it('reads backwards from the end, in the same order', async () => {
    const end = await read({ last: 3 });
    expect(ids(end)).toEqual(inOrder.slice(-3));
    expect(end.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: false });
    const before = await read({ last: 10, before: end.pageInfo.startCursor });
    expect(ids(before)).toEqual(inOrder.slice(0, 4));
    expect(before.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });

  it('reads a list that goes down', async () => {
    const first = await read({ first: 2 }, newest);
    expect(ids(first)).toEqual(['w-6', 'w-5']);
    expect(ids(await read({ first: 2, after: first.pageInfo.endCursor }, newest))).toEqual(['w-4', 'w-3']);
    expect(ids(await read({ last: 2 }, newest))).toEqual(['w-1', 'w-0']);
  });

  it('is empty after the last row', async () => {
    const all = await read({ first: 7 });
    expect(await read({ after: all.pageInfo.endCursor })).toMatchObject({
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });
});

describe('the arguments of a connection', () => {
  it.each([
    [{ first: 0 }, 'Expected `first` from 1 to 100, found 0'],
    [{ first: 101 }, 'Expected `first` from 1 to 100, found 101'],
    [{ last: -1 }, 'Expected `last` from 1 to 100, found -1'],
    [{ first: 1, last: 1 }, 'Expected `first` or `last`, not both'],
    [{ after: 'nonsense' }, 'start again without one'],
    [{ after: encodeCursor('words:newest', ['w-1']) }, 'start again without one'],
  ])('%j is refused', (args, message) => {
    expect(() => connectionPage(args, byText)).toThrow(message);
  });

  it('a cursor survives its way to the client and back, and no change of it does', () => {
    const cursor = encodeCursor('words:text', ['ä', 5]);
    expect(decodeCursor('words:text', cursor)).toEqual(['ä', 5]);
    for (let index = 0; index < cursor.length; index += 1) {
      const changed = `${cursor.slice(0, index)}${cursor[index] === 'A' ? 'B' : 'A'}${cursor.slice(index + 1)}`;
      expect(() => decodeCursor('words:text', changed), `changed at ${index}`).toThrow('Expected a cursor');
    }
  });
});

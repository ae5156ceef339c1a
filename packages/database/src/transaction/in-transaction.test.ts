import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseEngines } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  afterCommit,
  type Database,
  defineMigration,
  inTransaction,
  openDatabase,
  rowsOf,
} from '../index.ts';

const words = defineMigration('000-words', (schema) =>
  schema.createTable('word', (table) => table.string('text').primary()),
);

describe.each(databaseEngines)('transactions at once on $engine', ({ engine, freshUrl }) => {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-transactions-'));
  const opened: Database[] = [];
  afterEach(async () => {
    for (const database of opened.splice(0)) await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const open = async (url = freshUrl()) => {
    const database = await openDatabase({ url, entities: [], migrations: [words] });
    opened.push(database);
    const write = (text: string, then: () => Promise<void> | void = () => {}) =>
      inTransaction(database.em, async (tx) => {
        await rowsOf(tx).run('insert into word (text) values (?)', [text]);
        await then();
        return text;
      });
    const written = async () =>
      (await rowsOf(database.em).all('select text from word order by text')).map(({ text }) => text);
    return { database, write, written };
  };
  const outcomes = async (all: readonly Promise<string>[]) =>
    (await Promise.allSettled(all)).map(({ status }) => status);

  it('keep what each has written', async () => {
    const { write, written } = await open();
    const texts = Array.from({ length: 30 }, (_, index) => `w${String(index).padStart(2, '0')}`);
    expect(await Promise.all(texts.map((text) => write(text)))).toEqual(texts);
    expect(await written()).toEqual(texts);
  });

  it.each([0, 1, 2])('undo what the one has written that fails, the %ith of them', async (failing) => {
    const { write, written } = await open();
    const all = ['a', 'b', 'c'].map((text, index) =>
      write(text, () => {
        if (index === failing) throw new Error('after all');
      }),
    );
    const expected = [0, 1, 2].map((index) => (index === failing ? 'rejected' : 'fulfilled'));
    expect(await outcomes(all)).toEqual(expected);
    expect(await written()).toEqual(['a', 'b', 'c'].filter((_, index) => index !== failing));
  });

  it('undo those alone that the database refuses', async () => {
    const { write, written } = await open();
    expect(await outcomes([write('a'), write('b')])).toEqual(['fulfilled', 'fulfilled']);
    expect(await outcomes([write('c'), write('a'), write('b'), write('d')])).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(await written()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keep what they have written when a single statement beside them is refused', async () => {
    const { database, write, written } = await open();
    const alone = async (text: string) => {
      await rowsOf(database.em).run('insert into word (text) values (?)', [text]);
      return text;
    };
    await write('a');
    expect(await outcomes([write('b'), alone('a'), alone('c'), write('d')])).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await written()).toEqual(['a', 'b', 'c', 'd']);
  });

  it.runIf(engine === 'sqlite').each([
    ['', 'run'],
    [' returning text', 'all'],
  ] as const)(
    'are committed once with single statements that come meanwhile, "insert%s"',
    async (more, way) => {
      const { database, write, written } = await open();
      const alone = (text: string) =>
        rowsOf(database.em)[way](`insert into word (text) values (?)${more}`, [text]);
      const ran: string[] = [];
      database.em
        .getConnection()
        .getKnex()
        .on('query', ({ sql }: { sql: string }) => ran.push(sql.split(' ')[0] ?? ''));
      await Promise.all([write('a'), alone('b'), alone('c'), write('d')]);
      // None of them before or after.
      expect(ran).toEqual(['begin', 'insert', 'insert', 'insert', 'savepoint', 'insert', 'commit']);
      expect(await written()).toEqual(['a', 'b', 'c', 'd']);
    },
  );

  it.runIf(engine === 'sqlite')('are committed with one that is about to come', async () => {
    const { database, write, written } = await open();
    const ran: string[] = [];
    database.em
      .getConnection()
      .getKnex()
      .on('query', ({ sql }: { sql: string }) => ran.push(sql.split(' ')[0] ?? ''));
    const comes = new Promise(setImmediate).then(() => write('b'));
    await Promise.all([rowsOf(database.em).run(`insert into word (text) values ('a')`), comes]);
    expect(ran).toEqual(['begin', 'insert', 'savepoint', 'insert', 'commit']);
    expect(await written()).toEqual(['a', 'b']);
  });

  it('undo a savepoint alone, with what one of MikroORM has written within', async () => {
    const { database, written } = await open();
    await inTransaction(database.em, async (tx) => {
      await rowsOf(tx).run('insert into word (text) values (?)', ['outer']);
      const inner = inTransaction(tx, async (within) => {
        await rowsOf(within).run('insert into word (text) values (?)', ['inner']);
        throw new Error('after all');
      });
      await expect(inner).rejects.toThrow('after all');
      const mikroOrms = tx.transactional(async (within) => {
        await within
          .getConnection()
          .execute(`insert into word (text) values ('orm')`, [], 'run', within.getTransactionContext());
        throw new Error('after all');
      });
      await expect(mikroOrms).rejects.toThrow('after all');
      await inTransaction(tx, (within) => rowsOf(within).run('insert into word (text) values (?)', ['kept']));
    });
    expect(await written()).toEqual(['kept', 'outer']);
  });

  it.runIf(engine === 'sqlite')(
    'are all refused when a disk is full, also when one goes on after that',
    async () => {
      const { database, write, written } = await open();
      await write('before');
      const [size] = await rowsOf(database.em).all('select page_count from pragma_page_count()');
      await rowsOf(database.em).all(`pragma max_page_count = ${Number(size?.['page_count']) + 3}`);
      const large = () =>
        rowsOf(database.em).run('insert into word (text) values (?)', ['x'.repeat(100_000)]);
      const goesOn = (text: string) =>
        inTransaction(database.em, async (tx) => {
          const tooMuch = rowsOf(tx).run('insert into word (text) values (?)', ['y'.repeat(100_000)]);
          await expect(tooMuch).rejects.toThrow('SQLITE_FULL');
          await rowsOf(tx)
            .run('insert into word (text) values (?)', [text])
            .catch(() => {});
          return text;
        });
      const all = ['a', 'b', 'c', 'd'];
      const first = await outcomes([write('a'), goesOn('b'), write('c'), write('d')]);
      await expect(large()).rejects.toThrow('SQLITE_FULL');
      // Whoever was answered finds what it wrote, and nobody else's is there.
      expect(await written()).toEqual(
        ['before', ...all.filter((_, index) => first[index] === 'fulfilled')].sort(),
      );
      expect(first.slice(0, 2)).toEqual(['rejected', 'rejected']);
      expect(await write('after')).toBe('after');
    },
  );

  it('cannot be used once they are over', async () => {
    const { database } = await open();
    const over = await inTransaction(database.em, async (tx) => tx);
    await expect(rowsOf(over).all('select text from word')).rejects.toThrow('The transaction is over');
  });

  it('are told as committed when others can see them', async () => {
    const url = engine === 'sqlite' ? `sqlite:${join(folder, 'words.sqlite')}` : freshUrl();
    const [here, elsewhere] = [await open(url), await open(url)];
    const seen = new Map<string, Promise<unknown>>();
    const tellAtCommit = (text: string) =>
      inTransaction(here.database.em, async (tx) => {
        await rowsOf(tx).run('insert into word (text) values (?)', [text]);
        // Meanwhile the next one comes.
        await sleep(5);
        afterCommit(tx, () => seen.set(text, elsewhere.written()));
      });
    await Promise.all([tellAtCommit('a'), tellAtCommit('b')]);
    for (const [text, words] of seen) expect(await words).toContain(text);
  });
});

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, type EntityManager, inTransaction, openDatabase, rowsOf } from '../index.ts';
import { Book, Shelf, shelf, shelves } from './shelves.ts';

describe.each(databaseEngines)('inserts of a transaction on $engine', ({ engine, freshUrl }) => {
  let database: Database;
  const ran: string[] = [];
  beforeAll(async () => {
    database = await openDatabase({ url: freshUrl(), entities: [Shelf, Book], migrations: [shelves] });
    database.em
      .getConnection()
      .getKnex()
      .on('query', ({ sql }: { sql: string }) => ran.push(sql.split(' ').slice(0, 2).join(' ')));
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await rowsOf(database.em).delete(Book, {});
    await rowsOf(database.em).delete(Shelf, {});
    ran.length = 0;
  });
  const book = (id: string, on: string) => ({ id, shelf: on, from: 'x' });
  const together = engine === 'sqlite' ? 'insert into' : 'with inserted_1';
  const [begin, savepoint] =
    engine === 'sqlite' ? ['begin immediate', 'savepoint nested'] : ['begin', 'savepoint nested'];
  const insertBoth = async (tx: EntityManager, id: string) => {
    await rowsOf(tx).insert(Shelf, shelf(id));
    await rowsOf(tx).insert(Book, book(`${id}-1`, id));
    await rowsOf(tx).insert(Book, book(`${id}-2`, id));
  };
  const kept = async () => {
    const [shelved, books] = [
      await rowsOf(database.em).find(Shelf, {}),
      await rowsOf(database.em).find(Book, {}),
    ];
    return [...shelved, ...books].map(({ id }) => id).sort();
  };

  it('are one statement, with which nothing has to begin when there is no other', async () => {
    await inTransaction(database.em, (tx) => insertBoth(tx, 'a'));
    expect(ran).toEqual([together]);
    expect(await kept()).toEqual(['a', 'a-1', 'a-2']);
    expect(await rowsOf(database.em).findOne(Shelf, {})).toEqual(shelf('a'));
  });

  it('are there for the next statement', async () => {
    await inTransaction(database.em, async (tx) => {
      await insertBoth(tx, 'a');
      expect(await rowsOf(tx).update(Book, { shelf: 'a' }, { from: 'y' })).toBe(2);
      await rowsOf(tx).insert(Book, book('a-3', 'a'));
    });
    expect(ran).toEqual([begin, together, 'update "book"', 'insert into', 'commit']);
    expect(await kept()).toEqual(['a', 'a-1', 'a-2', 'a-3']);
  });

  it('are there for statements that are asked for at once', async () => {
    await inTransaction(database.em, async (tx) => {
      await insertBoth(tx, 'a');
      const found = await Promise.all(['a-1', 'a-2'].map((id) => rowsOf(tx).findOne(Book, { id })));
      expect(found).toEqual([book('a-1', 'a'), book('a-2', 'a')]);
    });
  });

  it('are there for entities, and for a transaction of MikroORM within', async () => {
    await inTransaction(database.em, async (tx) => {
      await insertBoth(tx, 'a');
      await tx.transactional(async (within) => {
        expect(await within.count(Book, {})).toBe(2);
        await rowsOf(within as EntityManager).insert(Book, book('a-3', 'a'));
      });
      expect(await tx.count(Book, {})).toBe(3);
    });
    expect(await kept()).toEqual(['a', 'a-1', 'a-2', 'a-3']);
  });

  it('are refused together, at the end', async () => {
    await rowsOf(database.em).insert(Shelf, shelf('a'));
    const again = inTransaction(database.em, async (tx) => {
      await insertBoth(tx, 'b');
      await rowsOf(tx).insert(Shelf, shelf('a'));
    });
    await expect(again).rejects.toThrow(UniqueConstraintViolationException);
    expect(await kept()).toEqual(['a']);
  });

  it('go with what failed, and are inserted by the next that asks for the same', async () => {
    const attempt = (id: string, fails: boolean) =>
      inTransaction(database.em, async (tx) => {
        await rowsOf(tx).insert(Shelf, shelf(id));
        // Of another shape than in any other test, so that it is new to the connection.
        await rowsOf(tx).insert(Book, book(`${id}-1`, id), book(`${id}-2`, id), book(`${id}-3`, id));
        await rowsOf(tx).findOne(Book, {});
        if (fails) throw new Error('No');
      });
    await expect(attempt('a', true)).rejects.toThrow('No');
    expect(await kept()).toEqual([]);
    await attempt('b', false);
    expect(await kept()).toEqual(['b', 'b-1', 'b-2', 'b-3']);
  });

  it('of a savepoint go with it, also when MikroORM undoes it', async () => {
    await inTransaction(database.em, async (tx) => {
      await insertBoth(tx, 'a');
      const failing = inTransaction(tx, async (within) => {
        await insertBoth(within, 'b');
        await rowsOf(within).findOne(Book, {});
        throw new Error('No');
      });
      await expect(failing).rejects.toThrow('No');
      const undone = tx.transactional(async (within) => {
        await inTransaction(within as EntityManager, async (deeper) => {
          await rowsOf(deeper).insert(Shelf, shelf('c'));
          await rowsOf(deeper).insert(Book, ...['1', '2', '3', '4'].map((id) => book(`c-${id}`, 'c')));
        });
        throw new Error('No');
      });
      await expect(undone).rejects.toThrow('No');
      await inTransaction(tx, (within) => insertBoth(within, 'd'));
    });
    expect(ran).toContain(savepoint);
    expect(await kept()).toEqual(['a', 'a-1', 'a-2', 'd', 'd-1', 'd-2']);
    await inTransaction(database.em, async (tx) => {
      await rowsOf(tx).insert(Shelf, shelf('c'));
      await rowsOf(tx).insert(Book, ...['1', '2', '3', '4'].map((id) => book(`c-${id}`, 'c')));
    });
    expect(await kept()).toHaveLength(11);
  });

  it('are several statements when they are many', async () => {
    const ids = Array.from({ length: 400 }, (_, index) => `a-${index}`);
    await inTransaction(database.em, async (tx) => {
      await rowsOf(tx).insert(Shelf, shelf('a'));
      for (const id of ids) await rowsOf(tx).insert(Book, book(id, 'a'));
    });
    expect(await kept()).toEqual(['a', ...ids].sort());
    expect(ran.filter((sql) => sql !== begin && sql !== 'commit').length).toBeLessThan(6);
  });

  it('go apart when more shapes have come than are kept', async () => {
    const rounds = 60;
    for (let round = 1; round <= rounds; round += 1)
      await inTransaction(database.em, async (tx) => {
        await rowsOf(tx).insert(Shelf, shelf(`s-${round}`));
        // Each number of books is a shape.
        const ids = Array.from({ length: round }, (_, index) => `${round}-${index}`);
        await rowsOf(tx).insert(Book, ...ids.map((id) => book(id, `s-${round}`)));
      });
    expect(await rowsOf(database.em).find(Book, {})).toHaveLength((rounds * (rounds + 1)) / 2);
    ran.length = 0;
    await inTransaction(database.em, async (tx) => {
      await rowsOf(tx).insert(Shelf, shelf('more'));
      await rowsOf(tx).insert(
        Book,
        ...Array.from({ length: 61 }, (_, index) => book(`more-${index}`, 'more')),
      );
    });
    expect(ran).toEqual([begin, 'insert into', 'insert into', 'commit']);
  });
});

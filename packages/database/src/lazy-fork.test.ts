import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, inTransaction, lazyFork, openDatabase, rowsOf } from './index.ts';
import { isWhole } from './lazy-fork.ts';
import { Book, Shelf, shelf, shelves } from './rows/shelves.ts';

describe.each(databaseEngines)('a lazy fork on $engine', ({ freshUrl }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ url: freshUrl(), entities: [Shelf, Book], migrations: [shelves] });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await rowsOf(database.em).delete(Shelf, {});
  });

  it('takes rows without a unit of work', async () => {
    const em = lazyFork(database.em);
    await rowsOf(em).insert(Shelf, shelf('a'));
    expect(await rowsOf(em).findOne(Shelf, { id: 'a' })).toEqual(shelf('a'));
    expect(isWhole(em)).toBe(false);
  });

  it('keeps entities of its own', async () => {
    const [one, other] = [lazyFork(database.em), lazyFork(lazyFork(database.em))];
    one.create(Shelf, shelf('a'), { persist: true });
    await one.flush();
    const found = await one.findOneOrFail(Shelf, 'a');
    expect(await one.findOneOrFail(Shelf, 'a')).toBe(found);
    expect(await other.findOneOrFail(Shelf, 'a')).not.toBe(found);
    found.label = 'changed';
    await other.flush();
    expect(await rowsOf(other).findOne(Shelf, { id: 'a' })).toMatchObject({ label: 'a' });
    await one.flush();
    expect(await rowsOf(other).findOne(Shelf, { id: 'a' })).toMatchObject({ label: 'changed' });
    expect(database.em.getUnitOfWork(false).getIdentityMap().keys()).toEqual([]);
  });

  it('keeps to the transaction that it is in, as do the forks that are to', async () => {
    const failing = inTransaction(database.em, async (tx) => {
      tx.create(Shelf, shelf('a'), { persist: true });
      await tx.flush();
      expect(await rowsOf(tx).findOne(Shelf, { id: 'a' })).not.toBeNull();
      expect(await tx.fork({ keepTransactionContext: true }).count(Shelf, {})).toBe(1);
      throw new Error('No');
    });
    await expect(failing).rejects.toThrow('No');
    expect(await lazyFork(database.em).count(Shelf, {})).toBe(0);
  });

  it('begins and ends a transaction as any other', async () => {
    const em = lazyFork(database.em);
    await em.begin();
    await em.insert(Shelf, shelf('a'));
    expect(em.isInTransaction()).toBe(true);
    await em.rollback();
    expect(em.isInTransaction()).toBe(false);
    expect(await em.count(Shelf, {})).toBe(0);
    await em.transactional(async (tx) => {
      tx.create(Shelf, shelf('b'), { persist: true });
    });
    expect(await em.count(Shelf, {})).toBe(1);
  });
});

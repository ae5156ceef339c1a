import { OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { afterCommit, beforeCommit, type Database, inTransaction, openDatabase, rowsOf } from '../index.ts';
import { at, Book, Shelf, shelf, shelves } from './shelves.ts';

describe.each(databaseEngines)('rows on $engine', ({ freshUrl }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ url: freshUrl(), entities: [Shelf, Book], migrations: [shelves] });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    const rows = rowsOf(database.em);
    await rows.delete(Book, {});
    await rows.delete(Shelf, {});
  });
  const rows = () => rowsOf(database.em);
  const labels = async () =>
    (await rows().find(Shelf, {}, { orderBy: { id: 'asc' } })).map(({ label }) => label);

  it('come back as they were written, as entities do', async () => {
    await rows().insert(Shelf, shelf('s-1'), shelf('s-2', { label: null, isOpen: false, tags: null }));
    await rows().insert(Book, { id: 'b-1', shelf: 's-1', from: 'x' });
    const [one, two] = await rows().find(Shelf, {}, { orderBy: { id: 'asc' } });
    expect(one).toEqual(shelf('s-1'));
    expect(two).toEqual(shelf('s-2', { label: null, isOpen: false, tags: null }));
    expect(await rows().findOne(Book, { shelf: 's-1' })).toEqual({ id: 'b-1', shelf: 's-1', from: 'x' });
    expect({ ...(await database.em.fork().findOneOrFail(Shelf, 's-1')) }).toMatchObject(shelf('s-1'));
  });

  it('are found by values, lists and null, in order and no more than wanted', async () => {
    await rows().insert(Shelf, ...['a', 'b', 'c'].map((id) => shelf(id)), shelf('d', { label: null }));
    const ids = async (where: object, selection: object = {}) =>
      (await rows().find(Shelf, where, { orderBy: { id: 'desc' }, ...selection })).map(({ id }) => id);
    expect(await ids({ id: ['a', 'c', 'zz'] })).toEqual(['c', 'a']);
    expect(await ids({ id: [] })).toEqual([]);
    expect(await ids({ label: null })).toEqual(['d']);
    expect(await ids({ createdAt: at, isOpen: true }, { limit: 2 })).toEqual(['d', 'c']);
    expect(await ids({ isOpen: false })).toEqual([]);
    expect(await ids({ label: undefined, id: 'a' }, { lock: true })).toEqual(['a']);
    expect(await rows().findOne(Shelf, { id: 'zz' })).toBeNull();
    await expect(rows().find(Shelf, { colour: 'red' } as never)).rejects.toThrow(
      'Expected a column of "shelf", found colour',
    );
  });

  it('are changed once by those who read the same version', async () => {
    await rows().insert(Shelf, shelf('a'));
    const read = await rows().findOne(Shelf, { id: 'a' });
    if (read === null) throw new Error('Expected a row');
    expect(await rows().change(Shelf, read, { tags: ['c'] })).toEqual(
      shelf('a', { tags: ['c'], version: 2 }),
    );
    await expect(rows().change(Shelf, read, { tags: ['d'] })).rejects.toThrow(OptimisticLockError);
    expect(await rows().findOne(Shelf, { id: 'a' })).toEqual(shelf('a', { tags: ['c'], version: 2 }));
    expect(await rows().update(Shelf, { id: ['a', 'b'] }, { label: null })).toBe(1);
    expect(await rows().findOne(Shelf, {})).toMatchObject({ label: null, version: 3 });
  });

  it('are changed if they are as they must be, and given as they are then', async () => {
    await rows().insert(Shelf, shelf('a'), shelf('b', { label: null }));
    const changed = await rows().changeIf(Shelf, { id: 'b', label: null }, { tags: ['c'], isOpen: false });
    expect(changed).toEqual(shelf('b', { label: null, tags: ['c'], isOpen: false, version: 2 }));
    expect(await rows().findOne(Shelf, { id: 'b' })).toEqual(changed);
    expect(await rows().changeIf(Shelf, { id: 'a', label: null }, { isOpen: false })).toBeNull();
    expect(await rows().findOne(Shelf, { id: 'a' })).toEqual(shelf('a'));
  });

  it('are inserted once where they must be unique', async () => {
    expect(await rows().insertNew(Shelf, shelf('a'), ['id'])).toBe(true);
    expect(await rows().insertNew(Shelf, shelf('a', { worth: 1 }), ['id'])).toBe(false);
    await expect(rows().insert(Shelf, shelf('a'))).rejects.toThrow(UniqueConstraintViolationException);
    // After a failure the same statement works as before.
    await rows().insert(Shelf, shelf('b'));
    expect(await labels()).toEqual(['a', 'b']);
  });

  it('are reached by statements written by hand', async () => {
    await rows().insert(Shelf, shelf('a'), shelf('b'));
    expect(await rows().run('update shelf set worth = worth - ? where id <> ?', [5, 'a'])).toBe(1);
    const [row] = await rows().all('select worth from shelf where id = ?', ['b']);
    expect(Number(row?.['worth'])).toBe(9_007_199_254_740_986);
    await expect(rows().all('select nothing from shelf')).rejects.toThrow(/nothing/);
    await expect(rows().all('select nothing from shelf')).rejects.toThrow(/nothing/);
  });

  it('are the same each time that a list is read by keys, in their order', async () => {
    await rows().insert(
      Shelf,
      ...['a', 'b', 'c'].map((id) => shelf(id)),
      shelf('d', { label: null, tags: ['"é"\n'] }),
    );
    const sql = `select id, label as "theLabel", worth, is_open, tags, created_at, 1.5 as half
      from shelf where id = any(?) order by id desc`;
    const read = (ids: readonly string[]) => rows().all(sql, [ids]);
    expect(await read([])).toEqual([]);
    const first = await read(['a', 'd', 'c', 'zz']);
    expect(first.map((row) => row['id'])).toEqual(['d', 'c', 'a']);
    expect(first[0]).toMatchObject({ theLabel: null });
    expect(await read(['a', 'd', 'c', 'zz'])).toEqual(first);
    expect(await read(['zz'])).toEqual([]);
    const found = await rows().find(Shelf, { id: ['d', 'a'] }, { orderBy: { id: 'desc' } });
    expect(await rows().find(Shelf, { id: ['d', 'a'] }, { orderBy: { id: 'desc' } })).toEqual(found);
    expect(found).toEqual([shelf('d', { label: null, tags: ['"é"\n'] }), shelf('a')]);
  });

  it('go with their transaction, as do entities beside them', async () => {
    const attempt = (isToFail: boolean) =>
      inTransaction(database.em, async (tx) => {
        await rowsOf(tx).insert(Shelf, shelf('a'));
        tx.create(Shelf, shelf('b'));
        expect(await rowsOf(tx).findOne(Shelf, { id: 'a' })).not.toBeNull();
        if (isToFail) throw new Error('No');
      });
    await expect(attempt(true)).rejects.toThrow('No');
    expect(await labels()).toEqual([]);
    await attempt(false);
    expect(await labels()).toEqual(['a', 'b']);
  });

  it('cannot be written when their transaction is over', async () => {
    const late = await inTransaction(database.em, async (tx) => rowsOf(tx));
    await expect(late.insert(Shelf, shelf('a'))).rejects.toThrow(/The transaction is over/);
    expect(await labels()).toEqual([]);
  });

  it('are written last by those who wait for the end, who hear of it when all is committed', async () => {
    const heard: string[] = [];
    await inTransaction(database.em, async (outer) => {
      afterCommit(outer, () => heard.push('outer'));
      const failing = inTransaction(outer, async (inner) => {
        afterCommit(inner, () => heard.push('failed'));
        await rowsOf(inner).insert(Shelf, shelf('x'));
        throw new Error('No');
      });
      await expect(failing).rejects.toThrow('No');
      await inTransaction(outer, async (inner) => {
        beforeCommit(inner, () => rowsOf(inner).insert(Shelf, shelf('last')));
        afterCommit(inner, () => heard.push('inner'));
        await rowsOf(inner).insert(Shelf, shelf('first'));
      });
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual(['outer', 'inner']);
    expect(await labels()).toEqual(['first', 'last']);
    expect(() => afterCommit(database.em.fork(), () => {})).toThrow(
      'Expected an entity manager of inTransaction',
    );
  });
});

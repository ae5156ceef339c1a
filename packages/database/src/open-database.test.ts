import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineEntity, p } from '@mikro-orm/core';
import { databaseEngines } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import {
  baseColumns,
  baseProperties,
  connectDatabase,
  type Database,
  defineMigration,
  openDatabase,
} from './index.ts';

const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  properties: { ...baseProperties, text: p.string() },
});
const notes = defineMigration('001-notes', (schema) =>
  schema.createTable('note', (table) => {
    baseColumns(table);
    table.string('text').notNullable();
    table.check('length(text) > 0', undefined, 'note_text_present');
  }),
);

const folder = mkdtempSync(join(tmpdir(), 'stoa-database-'));
// Files, not memory: what several openings do to one database is the point here.
const engines = databaseEngines.flatMap(({ engine, freshUrl }) =>
  engine === 'sqlite'
    ? [{ engine, url: () => `sqlite:${join(folder, `${crypto.randomUUID()}.sqlite`)}` }]
    : [
        { engine, url: freshUrl },
        { engine: 'a schema of postgresql', url: () => `${freshUrl()}?schema=notes` },
      ],
);
const servers = databaseEngines.filter(({ engine }) => engine === 'postgresql');

describe.each(engines)('a database on $engine', ({ url }) => {
  const opened: Database[] = [];
  const open = async (target: string) => {
    const orm = await openDatabase({ url: target, entities: [Note], migrations: [notes] });
    opened.push(orm);
    return orm;
  };
  afterEach(async () => {
    for (const orm of opened.splice(0)) await orm.close();
  });

  it('is made and migrated once, however many open it at once', async () => {
    const target = url();
    const all = await Promise.all(Array.from({ length: 4 }, () => open(target)));
    const applied = await all[0]?.em.getConnection().execute('select name from mikro_orm_migrations');
    expect(applied).toEqual([{ name: '001-notes' }]);
  });

  it('is looked into from outside as it is, once it is there', async () => {
    const target = url();
    await expect(connectDatabase(target)).rejects.toMatchObject({ code: 'DATABASE_NOT_FOUND' });
    await open(target);
    const outside = await connectDatabase(target);
    opened.push(outside);
    expect(await outside.em.getConnection().execute('select text from note')).toEqual([]);
  });

  it('keeps entities, their times and their constraints', async () => {
    const orm = await open(url());
    const at = new Date('2026-02-03T04:05:06.789Z');
    const em = orm.em.fork();
    em.create(Note, { id: 'n-1', text: 'hello', createdAt: at, updatedAt: at });
    await em.flush();
    const read = await orm.em.fork().findOneOrFail(Note, 'n-1');
    expect(read.createdAt).toEqual(at);
    expect(read.version).toBe(1);
    await expect(
      orm.em.fork().insert(Note, { id: 'n-2', text: '', createdAt: at, updatedAt: at }),
    ).rejects.toThrow(/note_text_present/);
  });

  it('refuses a stale write', async () => {
    const orm = await open(url());
    const at = new Date();
    await orm.em.fork().insert(Note, { id: 'n-1', text: 'a', createdAt: at, updatedAt: at, version: 1 });
    const [one, two] = [orm.em.fork(), orm.em.fork()];
    (await one.findOneOrFail(Note, 'n-1')).text = 'one';
    (await two.findOneOrFail(Note, 'n-1')).text = 'two';
    await one.flush();
    await expect(two.flush()).rejects.toThrow(/optimistic lock/i);
  });
});

describe.each(servers)('two subgraphs in one database of $engine', ({ freshUrl }) => {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const orm of opened.splice(0)) await orm.close();
  });

  it('keep out of each other’s tables, each in a schema of its own', async () => {
    const server = freshUrl();
    const [one, two] = await Promise.all(
      ['one', 'two'].map((schema) =>
        openDatabase({ url: `${server}?schema=${schema}`, entities: [Note], migrations: [notes] }),
      ),
    );
    if (one === undefined || two === undefined) throw new Error('Expected two');
    opened.push(one, two);
    const at = new Date();
    await one.em.fork().insert(Note, { id: 'n-1', text: 'a', createdAt: at, updatedAt: at, version: 1 });
    await two.em
      .getConnection()
      .execute(
        `insert into note (id, text, created_at, updated_at, version) values ('n-2', 'b', now(), now(), 1)`,
      );
    expect((await one.em.fork().find(Note, {})).map(({ id }) => id)).toEqual(['n-1']);
    expect((await two.em.fork().find(Note, {})).map(({ id }) => id)).toEqual(['n-2']);
    const whole = await connectDatabase(server);
    opened.push(whole);
    const tables = await whole.em
      .getConnection()
      .execute(`select schemaname from pg_tables where tablename = 'note' order by schemaname`);
    expect(tables).toEqual([{ schemaname: 'one' }, { schemaname: 'two' }]);
  });
});

describe('a database that cannot be opened', () => {
  it('says which folder to make writable', async () => {
    const notAFolder = join(folder, 'a-file');
    writeFileSync(notAFolder, '');
    await expect(
      openDatabase({ url: `sqlite:${notAFolder}/x.sqlite`, entities: [Note], migrations: [notes] }),
    ).rejects.toThrow(/Set STOA_DATA_DIR to a folder that can be written/);
  });

  it('says what a database URL looks like', async () => {
    await expect(openDatabase({ url: 'mysql://x/y', entities: [Note], migrations: [] })).rejects.toThrow(
      /Expected a database URL such as/,
    );
  });

  it('says what the name of a schema looks like', async () => {
    const url = 'postgresql://localhost/stoa?schema=Orders;';
    await expect(openDatabase({ url, entities: [Note], migrations: [] })).rejects.toThrow(
      'Expected the name of a schema after ?schema=, of small letters, digits and _, found "Orders;"',
    );
  });
});

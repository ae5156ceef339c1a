import { type Database, defineMigration, openDatabase } from '@stoa/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseEngines } from './databases.ts';
import { fullScansOf } from './full-scans.ts';

const shop = defineMigration('001-shop', (schema, knex) =>
  schema
    .createTable('shirt', (table) => {
      table.integer('id').primary();
      table.string('state').notNullable();
      table.string('colour').notNullable();
      table.index(['state', 'id']);
    })
    .createTable('button', (table) => {
      table.integer('id').primary();
      table.integer('shirt_id').notNullable();
      table.integer('sewn_at');
      table.index(['shirt_id'], 'button_loose', { predicate: knex.whereNull('sewn_at') });
    }),
);

describe.each(databaseEngines)('full scans on $engine', ({ engine, freshUrl }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ url: freshUrl(), entities: [], migrations: [shop] });
    const ids = Array.from({ length: 200 }, (_, id) => id);
    const knex = database.em.getConnection().getKnex();
    await knex('shirt').insert(ids.map((id) => ({ id, state: 'ACTIVE', colour: `colour ${id}` })));
    await knex('button').insert(ids.map((id) => ({ id, shirt_id: id, sewn_at: id })));
  });
  afterAll(() => database.close(true));

  const scannedBy = async (sql: string, small: readonly string[] = []) => {
    const scans = await fullScansOf(database, small, () => database.em.fork().execute(sql));
    return scans.map((scan) => scan.slice(0, scan.indexOf(':')));
  };

  it.each([
    ['what no index finds', "select * from shirt where colour = 'colour 7'", ['shirt']],
    ['one row that no index finds', "select * from shirt where colour = 'colour 7' limit 1", ['shirt']],
    ['all of a table', 'select * from shirt order by colour', ['shirt']],
    [
      'a change of what no index finds',
      "update shirt set state = 'ARCHIVED' where colour = 'none'",
      ['shirt'],
    ],
    [
      'the other side of a join',
      'select * from shirt join button on shirt_id = shirt.id where shirt.id = 7',
      ['button'],
    ],
    [
      'the other side of a join, for each row of a page',
      'select * from shirt left join button on shirt_id = shirt.id order by shirt.id limit 3',
      ['button'],
    ],
  ])('are told of: %s', async (_, sql, tables) => {
    expect(await scannedBy(sql)).toEqual(tables);
  });

  it.each([
    ['a row by its key', 'select * from shirt where id = 7'],
    ['a page in the order of an index', 'select * from shirt order by id limit 3'],
    [
      'a page of one state, in the order of an index',
      "select * from shirt where state = 'ACTIVE' order by id limit 3",
    ],
    ['all that an index of some rows holds', 'select * from button where sewn_at is null order by shirt_id'],
    [
      'a part in a query of its own',
      'select * from (select * from shirt where id = 7 limit 1) as one order by colour',
    ],
  ])('are not told of: %s', async (_, sql) => {
    expect(await scannedBy(sql)).toEqual([]);
  });

  it('are not told of where a table is small', async () => {
    expect(await scannedBy('select * from shirt', ['shirt'])).toEqual([]);
  });

  // PostgreSQL counts the values of a column, and does not take such an index.
  it.runIf(engine === 'sqlite')('are told of where an index finds nearly all', async () => {
    const sql = "select * from shirt where state = 'ACTIVE' and colour in ('colour 7', 'colour 8')";
    expect(await scannedBy(sql)).toEqual(['shirt']);
  });
});

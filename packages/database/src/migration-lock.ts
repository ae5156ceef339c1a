import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';

/** Any number will do, as long as every process of Stoa uses the same one. */
const advisoryLock = 7_862_001;

/**
 * Lets one process at a time prepare and migrate a database; the lock goes with the process that
 * held it, however that ends.
 */
export async function withMigrationLock(
  orm: Database,
  engine: Engine,
  migrate: () => Promise<void>,
): Promise<void> {
  if (engine.kind === 'postgresql') return withAdvisoryLock(orm, engine, migrate);
  if (engine.file === null) return migrate();
  return withLockFile(engine.file, orm, migrate);
}

async function withAdvisoryLock(
  orm: Database,
  { name, schema }: Extract<Engine, { kind: 'postgresql' }>,
  migrate: () => Promise<void>,
): Promise<void> {
  await createWhenMissing(orm, name);
  if (schema !== null) await createSchemaWhenMissing(orm, schema);
  const knex = orm.em.getConnection().getKnex();
  // A transaction of its own keeps one connection, on which the lock is taken and let go.
  await knex.transaction(async (holder) => {
    await holder.raw('select pg_advisory_xact_lock(?)', [advisoryLock]);
    await migrate();
  });
}

async function createWhenMissing(orm: Database, name: string): Promise<void> {
  try {
    await orm.schema.ensureDatabase();
  } catch (error) {
    // Two processes may both have found it missing; the second is told so by one of these.
    const { code } = error as { code?: string };
    if (code !== '42P04' && code !== '23505') throw error;
    orm.config.set('dbName', name);
    await orm.em.getDriver().reconnect();
  }
}

async function createSchemaWhenMissing(orm: Database, schema: string): Promise<void> {
  try {
    await orm.em.getConnection().execute(`create schema if not exists "${schema}"`);
  } catch (error) {
    // Two processes may both have found it missing, in spite of `if not exists`.
    if (!['42P06', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  }
}

/** SQLite locks a file for as long as an exclusive transaction on it is open. */
async function withLockFile(file: string, orm: Database, migrate: () => Promise<void>): Promise<void> {
  const { default: sqlite3 } = await import('sqlite3');
  const lock = await new Promise<import('sqlite3').Database>((resolve, reject) => {
    const database = new sqlite3.Database(`${file}.lock`, (error) =>
      error ? reject(error) : resolve(database),
    );
  });
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => lock.run(sql, (error) => (error ? reject(error) : resolve())));
  try {
    for (;;) {
      try {
        await run('begin exclusive');
        break;
      } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error;
        await sleep(25);
      }
    }
    await useWriteAheadLog(orm);
    await migrate();
    await run('commit');
  } finally {
    await new Promise((resolve) => lock.close(resolve));
  }
}

/**
 * Readers go on while one writes; a commit is on disk before it is answered. A large file is read where the system has it, up to
 * a gigabyte: SQLite's own cache of 2 MB does not hold what the pages of 100,000 products read. What a savepoint would undo is kept
 * in memory: SQLite would make a file for it, and remove it, in each transaction that is one of a group.
 */
async function useWriteAheadLog(orm: Database): Promise<void> {
  const pragmas = [
    'journal_mode = wal',
    'synchronous = full',
    'busy_timeout = 5000',
    'mmap_size = 1073741824',
    'temp_store = memory',
  ];
  for (const pragma of pragmas) {
    await orm.em.getConnection().execute(`pragma ${pragma}`);
  }
}

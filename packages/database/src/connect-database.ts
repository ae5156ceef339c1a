import { existsSync } from 'node:fs';
import { MikroORM } from '@mikro-orm/core';
import { Failure } from '@stoa/errors';
import type { Database } from './database.ts';
import { engineOf } from './engine.ts';
import { cannotOpen, ormOptions } from './orm-options.ts';

/**
 * Connects to a database that a subgraph keeps, to look into it from outside: nothing is made or migrated.
 * @param url `sqlite:/path/to/file` or `postgresql://user@host/name`
 * @throws {Failure} not-found when there is no such database yet, unavailable when it cannot be opened
 */
export async function connectDatabase(url: string): Promise<Database> {
  const engine = engineOf(url);
  if (engine.kind === 'sqlite' && (engine.file === null || !existsSync(engine.file)))
    throw missing(engine.file ?? 'a database in memory');
  const database = (await MikroORM.init(await ormOptions(engine, { url, entities: [] }))) as Database;
  try {
    // On SQLite, also how long to wait for the process that writes.
    await database.em
      .getConnection()
      .execute(engine.kind === 'sqlite' ? 'pragma busy_timeout = 5000' : 'select 1');
    return database;
  } catch (error) {
    await database.close(true);
    // invalid_catalog_name: https://www.postgresql.org/docs/current/errcodes-appendix.html
    if (engine.kind === 'postgresql' && (error as { code?: string }).code === '3D000')
      throw missing(`${engine.name} at ${engine.host}`);
    throw cannotOpen(engine, error);
  }
}

function missing(name: string): Failure {
  return new Failure('not-found', `There is no database ${name}`, { code: 'DATABASE_NOT_FOUND' });
}

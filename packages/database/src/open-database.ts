import { MikroORM } from '@mikro-orm/core';
import { Failure } from '@stoa/errors';
import type { Database } from './database.ts';
import type { MigrationDefinition } from './define-migration.ts';
import { engineOf } from './engine.ts';
import { migrate } from './migrate.ts';
import { withMigrationLock } from './migration-lock.ts';
import { cannotOpen, type OrmOptions, ormOptions } from './orm-options.ts';

export interface DatabaseOptions extends OrmOptions {
  /** In the order in which they are applied. */
  migrations: readonly MigrationDefinition[];
  /** What to do once after the migrations, while other processes still wait (filling an empty database, say). */
  prepare?: (database: Database) => Promise<void>;
}

/**
 * Opens a database, makes it when it is missing, and brings it up to date. Several processes may
 * do this at once: one migrates, the others wait.
 * @throws {Failure} unavailable when it cannot be opened, saying which setting to look at
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const engine = engineOf(options.url);
  let orm: Database | undefined;
  try {
    orm = (await MikroORM.init(await ormOptions(engine, options))) as Database;
    const database = orm;
    await withMigrationLock(database, engine, async () => {
      await migrate(database, options.migrations);
      await options.prepare?.(database);
    });
    return database;
  } catch (error) {
    await orm?.close(true);
    if (error instanceof Failure) throw error;
    throw cannotOpen(engine, error);
  }
}

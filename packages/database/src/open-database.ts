import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type EntitySchema, MikroORM, type Options } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/knex';
import { Migrator } from '@mikro-orm/migrations';
import { Failure } from '@stoa/errors';
import type { Database } from './database.ts';
import type { MigrationDefinition } from './define-migration.ts';
import { type Engine, engineOf } from './engine.ts';
import { withMigrationLock } from './migration-lock.ts';

export interface DatabaseOptions {
  /** `sqlite:/path/to/file`, `sqlite::memory:` or `postgresql://user@host/name`. */
  url: string;
  entities: readonly EntitySchema[];
  /** In the order in which they are applied. */
  migrations: readonly MigrationDefinition[];
  /** Connections to PostgreSQL; SQLite always has one. */
  poolSize?: number;
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
      await database.migrator.up();
      await options.prepare?.(database);
    });
    return database;
  } catch (error) {
    await orm?.close(true);
    if (error instanceof Failure) throw error;
    throw cannotOpen(engine, error);
  }
}

async function ormOptions(engine: Engine, options: DatabaseOptions): Promise<Options<AbstractSqlDriver>> {
  const base: Options<AbstractSqlDriver> = {
    entities: [...options.entities],
    extensions: [Migrator],
    // Entities are given as values: nothing is searched on disk and no metadata is cached there.
    metadataCache: { enabled: false },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    // Made under the migration lock instead, since MikroORM's own way fails when two processes try at once.
    ensureDatabase: false,
    debug: false,
    logger: () => {},
    migrations: {
      migrationsList: options.migrations.map(({ name, migration }) => ({ name, class: migration })),
      snapshot: false,
      silent: true,
      disableForeignKeys: false,
    },
  };
  if (engine.kind === 'postgresql') {
    const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
    return {
      ...base,
      driver: PostgreSqlDriver,
      clientUrl: options.url,
      pool: { min: 0, max: options.poolSize ?? 10 },
    } as Options<AbstractSqlDriver>;
  }
  if (engine.file !== null) mkdirSync(dirname(engine.file), { recursive: true });
  const { SqliteDriver } = await import('@mikro-orm/sqlite');
  return {
    ...base,
    driver: SqliteDriver,
    dbName: engine.file ?? ':memory:',
  } as Options<AbstractSqlDriver>;
}

function cannotOpen(engine: Engine, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return engine.kind === 'sqlite'
    ? new Failure(
        'unavailable',
        `Cannot open the database file ${engine.file}: ${reason}. Set STOA_DATA_DIR to a folder that can be written`,
        {
          code: 'DATABASE_UNAVAILABLE',
          cause: error,
        },
      )
    : new Failure(
        'unavailable',
        `Cannot open the database ${engine.name} at ${engine.host}: ${reason}. Look at DATABASE_URL`,
        {
          code: 'DATABASE_UNAVAILABLE',
          cause: error,
        },
      );
}

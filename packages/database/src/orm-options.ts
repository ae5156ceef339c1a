import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EntitySchema, Options } from '@mikro-orm/core';
import type { AbstractSqlDriver } from '@mikro-orm/knex';
import { Failure } from '@stoa/errors';
import type { Engine } from './engine.ts';

export interface OrmOptions {
  /** `sqlite:/path/to/file`, `sqlite::memory:`, `postgresql://user@host/name`, or with `?schema=…` for a schema of one's own there. */
  url: string;
  entities: readonly EntitySchema[];
  /** Connections to PostgreSQL; SQLite always has one. */
  poolSize?: number;
}

/** What MikroORM is told. The folder of a database file is made when it is missing. */
export async function ormOptions(engine: Engine, options: OrmOptions): Promise<Options<AbstractSqlDriver>> {
  const base: Options<AbstractSqlDriver> = {
    entities: [...options.entities],
    // Entities are given as values: nothing is searched on disk and no metadata is cached there.
    metadataCache: { enabled: false },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    // Made under the migration lock instead, since MikroORM's own way fails when two processes try at once.
    ensureDatabase: false,
    debug: false,
    logger: () => {},
  };
  if (engine.kind === 'postgresql') {
    const { PostgreSqlDriver } = await import('@mikro-orm/postgresql');
    return {
      ...base,
      driver: PostgreSqlDriver,
      clientUrl: engine.url,
      ...(engine.schema === null ? {} : inSchema(engine.schema)),
      pool: { min: 0, max: options.poolSize ?? 10 },
    } as Options<AbstractSqlDriver>;
  }
  if (engine.file !== null) mkdirSync(dirname(engine.file), { recursive: true });
  const { PreparingSqliteDriver } = await import('./sqlite/sqlite-driver.ts');
  return {
    ...base,
    driver: PreparingSqliteDriver,
    dbName: engine.file ?? ':memory:',
  } as Options<AbstractSqlDriver>;
}

/** What MikroORM writes names the schema; what is written by hand finds it by the search path. */
function inSchema(schema: string): Options<AbstractSqlDriver> {
  return { schema, driverOptions: { connection: { options: `-c search_path=${schema}` } } };
}

/** Says which setting to look at. */
export function cannotOpen(engine: Engine, error: unknown): Failure {
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

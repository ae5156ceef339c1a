import type { Configuration } from '@mikro-orm/core';
import { AbstractSqlDriver, SqliteKnexDialect } from '@mikro-orm/knex';
import { SqliteConnection, SqlitePlatform } from '@mikro-orm/sqlite';
import type { Database } from 'sqlite3';
import { forgetViews } from './connection-views.ts';
import { type OneConnection, oneConnection } from './one-connection.ts';
import { allRows, finalizeStatements, runStatement } from './prepared-statements.ts';

/** A statement, as knex runs it. */
interface Query {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  response?: unknown;
  context?: unknown;
}

/** What knex asks of a dialect, as far as it is changed here; knex does not type it. */
interface Dialect {
  _query(connection: Database, query: Query): Promise<Query>;
  getCallMethod(query: Query): 'all' | 'run';
  acquireConnection(): Promise<Database>;
  releaseConnection(connection: Database): Promise<void>;
  destroyRawConnection(connection: Database): Promise<void>;
  destroy(callback?: () => void): Promise<void>;
}

// biome-ignore lint/plugin: MikroORM types its dialect as any, with private methods
const Base = SqliteKnexDialect as unknown as new () => Dialect;

/** Knex's dialect, with statements that are prepared once a connection: that is half of what each costs. Its pool has one connection, which stays in use. */
class PreparingDialect extends Base {
  private readonly one: OneConnection<Database> = oneConnection(() => super.acquireConnection());

  override acquireConnection(): Promise<Database> {
    return this.one.acquire();
  }

  override async releaseConnection(): Promise<void> {
    this.one.release();
  }

  override async destroy(callback?: () => void): Promise<void> {
    const opened = await this.one.end();
    if (opened !== undefined) await super.releaseConnection(opened);
    await super.destroy(callback);
  }

  override async _query(connection: Database, query: Query): Promise<Query> {
    const { sql, bindings = [] } = query;
    if (sql.startsWith('ROLLBACK')) forgetViews(connection);
    const isTransactions = sql === 'BEGIN;' || sql === 'COMMIT;';
    // What MikroORM writes has its values within, and will not come again.
    if (bindings.length === 0 && !isTransactions) return super._query(connection, query);
    if (this.getCallMethod(query) === 'all') query.response = await allRows(connection, sql, bindings);
    else query.context = await runStatement(connection, sql, bindings);
    return query;
  }

  override async destroyRawConnection(connection: Database): Promise<void> {
    await finalizeStatements(connection);
    await super.destroyRawConnection(connection);
  }
}

class PreparingConnection extends SqliteConnection {
  override createKnex(): void {
    // biome-ignore lint/plugin: a dialect may be given by its class, as MikroORM gives its own
    this.client = this.createKnexClient(PreparingDialect as unknown as string);
    this.connected = true;
  }
}

/** MikroORM's driver for SQLite, over connections that keep their statements prepared. */
export class PreparingSqliteDriver extends AbstractSqlDriver<SqliteConnection> {
  constructor(config: Configuration) {
    super(config, new SqlitePlatform(), PreparingConnection, ['knex', 'sqlite3']);
  }
}

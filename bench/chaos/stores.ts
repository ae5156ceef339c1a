import { join } from 'node:path';
import type { z } from '@stoa/config';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { dropDatabases } from '../../tooling/test-services/drop-databases.ts';

/** Reads the databases of a shop from outside, as an auditor would. */
export interface Stores {
  /** Rows of the database of a subgraph, each of the given form. */
  readonly rows: <Row>(subgraph: string, sql: string, row: z.ZodType<Row>) => Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface PostgresStores extends Stores {
  /** Calls `onState` with the state and the id of each checkout, as soon as the state is committed. */
  watchCheckouts(onState: (state: string, checkoutId: string) => void): Promise<void>;
}

/**
 * The databases of a shop on PostgreSQL.
 * @param server URL of the server, and the beginning of the databases' names as its path
 */
export function postgresStores(server: string): PostgresStores {
  const pools = new Map<string, pg.Pool>();
  const poolOf = (subgraph: string) => {
    const known = pools.get(subgraph);
    if (known !== undefined) return known;
    const pool = new pg.Pool({ connectionString: `${server}_${subgraph}` });
    // A connection that is cut when its database is dropped says so by an error that nobody waits for.
    pool.on('error', () => {});
    pools.set(subgraph, pool);
    return pool;
  };
  let watching: pg.PoolClient | undefined;
  return {
    async rows(subgraph, sql, row) {
      const { rows } = await poolOf(subgraph).query(sql);
      return rows.map((found) => row.parse(found));
    },
    async watchCheckouts(onState) {
      watching = await poolOf('orders').connect();
      await watching.query(`
        create or replace function tell_checkout() returns trigger language plpgsql as $$
          begin perform pg_notify('checkout', new.state || ' ' || new.id); return null; end $$;
        create trigger tell_checkout after insert or update of state on checkout
          for each row execute function tell_checkout();
        listen checkout`);
      watching.on('notification', ({ payload = '' }) => {
        const [state = '', id = ''] = payload.split(' ');
        onState(state, id);
      });
    },
    async close() {
      watching?.release(true);
      await Promise.all([...pools.values()].map((pool) => pool.end().catch(() => {})));
      const { pathname } = new URL(server);
      await dropDatabases(Object.assign(new URL(server), { pathname: '/postgres' }).href, pathname.slice(1));
    },
  };
}

/** The databases of a shop in one data folder. */
export function sqliteStores(folder: string): Stores {
  const databases = new Map<string, sqlite3.Database>();
  const databaseOf = (subgraph: string) => {
    const file = join(folder, `${subgraph}.sqlite`);
    const known = databases.get(subgraph) ?? new sqlite3.Database(file, sqlite3.OPEN_READONLY);
    databases.set(subgraph, known);
    return known;
  };
  return {
    rows: (subgraph, sql, row) =>
      new Promise((resolve, reject) =>
        databaseOf(subgraph).all(sql, (error, rows) =>
          error ? reject(error) : resolve(rows.map((found) => row.parse(found))),
        ),
      ),
    async close() {
      for (const database of databases.values()) database.close();
    },
  };
}

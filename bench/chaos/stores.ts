import { join } from 'node:path';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { dropDatabases } from '../../tooling/test-services/drop-databases.ts';

/** Reads the databases of a shop from outside, as an auditor would. */
export interface Stores {
  /** Rows of the database of a subgraph. */
  // biome-ignore lint/suspicious/noExplicitAny: an audit reads what it selected
  rows(subgraph: string, sql: string): Promise<any[]>;
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
  const clients = new Map<string, pg.Client>();
  const clientOf = async (subgraph: string) => {
    const known = clients.get(subgraph);
    if (known !== undefined) return known;
    const client = new pg.Client({ connectionString: `${server}_${subgraph}` });
    // One that is cut off when its database is dropped says so by an error that nobody waits for.
    client.on('error', () => {});
    clients.set(subgraph, client);
    await client.connect();
    return client;
  };
  return {
    async rows(subgraph, sql) {
      return (await (await clientOf(subgraph)).query(sql)).rows;
    },
    async watchCheckouts(onState) {
      const client = await clientOf('orders');
      await client.query(`
        create or replace function tell_checkout() returns trigger language plpgsql as $$
          begin perform pg_notify('checkout', new.state || ' ' || new.id); return null; end $$;
        create trigger tell_checkout after insert or update of state on checkout
          for each row execute function tell_checkout();
        listen checkout`);
      client.on('notification', ({ payload = '' }) => {
        const [state = '', id = ''] = payload.split(' ');
        onState(state, id);
      });
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.end().catch(() => {})));
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
    rows: (subgraph, sql) =>
      new Promise((resolve, reject) =>
        databaseOf(subgraph).all(sql, (error, rows) => (error ? reject(error) : resolve(rows))),
      ),
    async close() {
      for (const database of databases.values()) database.close();
    },
  };
}

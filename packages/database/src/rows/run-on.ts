import type { Knex } from '@mikro-orm/knex';
import type { Database } from 'sqlite3';
import { forgetViews, makeView } from '../sqlite/connection-views.ts';
import { refuseGivenUp, tellFailure } from '../sqlite/given-up.ts';
import { packedRows } from '../sqlite/packed-rows.ts';
import { allRows, runStatement } from '../sqlite/prepared-statements.ts';
import type { InsertStatement } from './insert-together.ts';

export type RawRow = Record<string, unknown>;

/** A connection of the engine's driver. */
export type RawConnection = Database | PostgresConnection;

/** What a statement gave: its rows or, of one without, how many it changed. */
export interface Ran {
  readonly rows: readonly RawRow[];
  readonly changed: number;
}

/** Runs a statement on a connection that the caller has. */
export function runOn(
  client: Knex.Client,
  connection: RawConnection,
  sql: string,
  values: readonly unknown[] = [],
  hasRows = false,
): Promise<Ran> {
  client.emit('query', { sql, bindings: values });
  return client.dialect === 'postgresql'
    ? onPostgreSql(connection as PostgresConnection, sql, values)
    : onSqlite(connection as Database, sql, values, hasRows);
}

/** Runs a statement that inserts. */
export async function runInsert(
  client: Knex.Client,
  connection: RawConnection,
  { sql, values, view }: InsertStatement,
): Promise<void> {
  if (view !== undefined) await makeView(connection as Database, view);
  await runOn(client, connection, sql, values);
}

async function onSqlite(
  connection: Database,
  sql: string,
  values: readonly unknown[],
  hasRows: boolean,
): Promise<Ran> {
  refuseGivenUp(connection);
  if (sql.startsWith('rollback')) forgetViews(connection);
  try {
    if (!hasRows) return { rows: [], changed: (await runStatement(connection, sql, values)).changes };
    // What is read by a list of keys has many rows.
    const isList = sql.startsWith('select') && sql.includes('json_each(?)');
    const rows = await (isList ? packedRows : allRows)(connection, sql, values);
    return { rows, changed: rows.length };
  } catch (error) {
    tellFailure(connection, error);
    throw error;
  }
}

/** A connection of the driver pg, as far as it is used. */
interface PostgresConnection {
  query(
    statement: Readonly<{ name: string | undefined; text: string; values: unknown[] }>,
  ): Promise<{ rows: RawRow[]; rowCount: number | null }>;
}

async function onPostgreSql(
  connection: PostgresConnection,
  sql: string,
  values: readonly unknown[],
): Promise<Ran> {
  const { rows, rowCount } = await connection.query({ name: nameOf(sql), text: sql, values: [...values] });
  return { rows, changed: rowCount ?? 0 };
}

/** Longer ones insert many rows at once, each number of them with a text of its own: those are not kept. */
const longestKept = 4_000;

const names = new Map<string, string>();

/** Prepared statements go by names, of at most 63 bytes; one without is prepared for this once. */
function nameOf(sql: string): string | undefined {
  if (sql.length > longestKept) return undefined;
  let name = names.get(sql);
  if (name === undefined) {
    name = `stoa_${names.size + 1}`;
    names.set(sql, name);
  }
  return name;
}

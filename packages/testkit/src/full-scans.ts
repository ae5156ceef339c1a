import type { Database, Knex } from '@stoa/database';

interface Asked {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
}

/** What of a connection is used, of sqlite3's and of pg's. */
interface Connection {
  all(sql: string, values: readonly unknown[], callback: (error: Error | null, rows: object[]) => void): void;
  query(statement: { text: string; values: unknown[] }): Promise<{ rows: object[] }>;
}

/** A node of a plan as PostgreSQL tells it. */
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Recheck Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What PostgreSQL is kept from while it plans: with few rows it would read tables as a whole whatever indexes there are. */
const wholeReads = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/**
 * The statements that ran while `work` did and that read a whole table to find their rows, or most of it, each once:
 * by the database's own plan. One that reads in the order of an index only as far as its limit is none of them.
 * @param small tables that do not grow, which may be read as a whole
 */
export async function fullScansOf(
  { em }: Database,
  small: readonly string[],
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const knex: Knex = em.getConnection().getKnex();
  const asked = new Map<string, Asked>();
  const listener = (statement: Asked) => asked.set(statement.sql, statement);
  knex.on('query', listener);
  try {
    await work();
  } finally {
    knex.removeListener('query', listener);
  }
  const read = [...asked.values()].filter(({ sql }) => /^\s*(select|update|delete|with)\b/i.test(sql));
  if (read.length === 0) throw new Error('Expected statements to explain');
  const isPostgreSql = knex.client.dialect === 'postgresql';
  const connection = (await knex.client.acquireConnection()) as Connection;
  try {
    if (isPostgreSql) await setWholeReads(connection, 'off');
    const found: string[] = [];
    for (const statement of read) {
      const tables = await (isPostgreSql ? postgresScans : sqliteScans)(connection, statement);
      const grown = tables.filter((table) => !small.includes(table));
      if (grown.length > 0) found.push(`${grown.join(', ')}: ${statement.sql.replace(/\s+/g, ' ')}`);
    }
    return found;
  } finally {
    if (isPostgreSql) await setWholeReads(connection, 'default');
    await knex.client.releaseConnection(connection);
  }
}

async function setWholeReads(connection: Connection, value: 'off' | 'default'): Promise<void> {
  for (const setting of wholeReads) await connection.query({ text: `set ${setting} = ${value}`, values: [] });
}

async function sqliteScans(connection: Connection, { sql, bindings = [] }: Asked): Promise<string[]> {
  const rows = (await allOf(connection, `explain query plan ${sql}`, bindings)) as { detail: string }[];
  const details = rows.map(({ detail }) => detail);
  const isSorted = details.some((detail) => detail.includes('USE TEMP B-TREE FOR ORDER BY'));
  // The first step is what is walked until there are enough; those below it are taken for each row of it.
  const steps = !isSorted && isPage(sql) ? details.slice(1) : details;
  const subqueries = details.flatMap((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(detail)?.[1] ?? []);
  const found: string[] = [];
  for (const detail of steps) {
    const name = /^(?:SCAN|SEARCH) (\w+)/.exec(detail)?.[1];
    if (name === undefined || subqueries.includes(name)) continue;
    const table = tableCalled(name, sql);
    if (await readsWhole(connection, table, detail)) found.push(table);
  }
  return found;
}

/** Whether a statement reads in an order as far as a limit. One with a limit alone may go through all to find the few that it is after. */
function isPage(sql: string): boolean {
  return /\border by\b/i.test(sql) && /\blimit\b/i.test(sql);
}

/** The table that a statement calls by a name: its own, or one that the statement gives it. */
function tableCalled(name: string, sql: string): string {
  return new RegExp(`\\b(\\w+)["\`]? as ["\`]?${name}\\b`).exec(sql)?.[1] ?? name;
}

/** Whether a step goes through all rows of a table, or through most. */
async function readsWhole(connection: Connection, table: string, detail: string): Promise<boolean> {
  if (/VIRTUAL TABLE|CONSTANT ROW/.test(detail)) return false;
  if (detail.startsWith('SCAN')) {
    const index = / USING (?:COVERING )?INDEX (\w+)/.exec(detail)?.[1];
    return index === undefined || !(await isPartial(connection, index));
  }
  // An index that SQLite makes for one statement is made of all rows.
  if (detail.includes(' USING AUTOMATIC ')) return true;
  const column = / INDEX \w+ \((\w+)=\?\)/.exec(detail)?.[1];
  return column !== undefined && saysLittle(connection, table, column);
}

/** A column of one or two values, as a state has, in more than a few rows: looking for one finds most of them. */
async function saysLittle(connection: Connection, table: string, column: string): Promise<boolean> {
  const isTable = await allOf(connection, "select 1 from sqlite_master where type = 'table' and name = ?", [
    table,
  ]);
  if (isTable.length === 0) return false;
  const counts = `select count("${column}") as "rows", count(distinct "${column}") as "values" from "${table}"`;
  const [counted] = (await allOf(connection, counts, [])) as { rows: number; values: number }[];
  return counted !== undefined && counted.rows > 20 && counted.values <= 2;
}

/** An index that holds some rows alone, those that are still open, say: it may be read as a whole. */
async function isPartial(connection: Connection, index: string): Promise<boolean> {
  const definition = 'select sql from sqlite_master where name = ?';
  const [row] = (await allOf(connection, definition, [index])) as { sql: string | null }[];
  return / where /i.test(row?.sql ?? '');
}

function allOf(connection: Connection, sql: string, values: readonly unknown[]): Promise<object[]> {
  return new Promise((resolve, reject) => {
    connection.all(sql, values, (error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

async function postgresScans(connection: Connection, { sql, bindings = [] }: Asked): Promise<string[]> {
  const text = `explain (format json) ${numbered(sql)}`;
  const { rows } = await connection.query({ text, values: [...bindings] });
  const [row] = rows as { 'QUERY PLAN': { Plan: PlanNode }[] }[];
  const plan = row?.['QUERY PLAN'][0]?.Plan;
  if (plan === undefined) throw new Error(`Expected a plan of ${sql}`);
  const found: string[] = [];
  for (const { table, index } of scansIn(plan, false, isPage(sql)))
    if (index === undefined || !(await isPartialThere(connection, index))) found.push(table);
  return found;
}

/** `isPartial` on PostgreSQL. */
async function isPartialThere(connection: Connection, index: string): Promise<boolean> {
  const text = 'select indpred is not null as "isPartial" from pg_index where indexrelid = $1::regclass';
  const { rows } = await connection.query({ text, values: [`"${index}"`] });
  const [row] = rows as { isPartial: boolean }[];
  return row?.isPartial === true;
}

/** Knex tells of its statements with `?`. */
function numbered(sql: string): string {
  let count = 0;
  const next = () => {
    count += 1;
    return `$${count}`;
  };
  return sql.includes('$1') ? sql : sql.replaceAll('?', next);
}

/** A table that is read as a whole, and the index along which it is, if any. */
interface WholeRead {
  readonly table: string;
  readonly index: string | undefined;
}

/** @param isLimited whether what is above it stops when it has enough */
function scansIn(node: PlanNode, isLimited: boolean, isPage: boolean): WholeRead[] {
  const type = node['Node Type'];
  // What is sorted is read to its end first.
  const ends = (isPage && type === 'Limit') || (isLimited && type !== 'Sort' && type !== 'Aggregate');
  const below = (node.Plans ?? []).flatMap((child) => scansIn(child, ends, isPage));
  const table = node['Relation Name'];
  const isWhole =
    type === 'Seq Scan' ||
    (/^Index (Only )?Scan$/.test(type) && node['Index Cond'] === undefined && !isLimited);
  return table !== undefined && isWhole ? [{ table, index: node['Index Name'] }, ...below] : below;
}

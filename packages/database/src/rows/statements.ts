import { type Column, type ColumnSet, columnOf, columnSetOf, type Table } from './table.ts';

/** How a value is looked for: one of several in a list, null, written out (`WrittenOut`), or itself. */
export type Condition = readonly [property: string, value: unknown];

/** A word that stands in the text of a statement. */
export class WrittenOut<Word extends string = string> {
  readonly word: Word;

  constructor(word: Word) {
    if (!/^[A-Z_]+$/.test(word))
      throw new Error(`Expected a word such as OPEN, found ${JSON.stringify(word)}`);
    this.word = word;
  }
}

/**
 * Looks for a state by its name in the text, each of them with a text of its own. To be used where an index is on the rows of some states
 * alone: SQLite has to see the word to know that the index will do, and else prepares the statement anew for each value.
 */
export function writtenOut<Word extends string>(word: Word): WrittenOut<Word> {
  return new WrittenOut(word);
}

export interface Selection {
  readonly orderBy?: Readonly<Record<string, 'asc' | 'desc'>>;
  readonly limit?: number;
  /** Keeps others from changing the rows until the transaction ends. SQLite has one writer and needs no lock. */
  readonly lock?: boolean;
}

/** A statement and its values. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Writes the statements of one engine. Each text is made once for all that differ in their values alone. */
export interface Dialect {
  readonly isPostgreSql: boolean;
}

export function selectStatement(
  dialect: Dialect,
  table: Table,
  where: readonly Condition[],
  { orderBy = {}, limit, lock = false }: Selection,
): Statement {
  const order = Object.entries(orderBy);
  const key = `select ${shapeOf(where)} ${order.join(' ')} ${limit !== undefined} ${lock}`;
  const sql = textOf(table, key, () => {
    const next = placeholders(dialect);
    return [
      `select ${namesOf(table)} from ${table.name}`,
      whereText(dialect, table, where, next),
      order.length === 0
        ? ''
        : `order by ${order.map(([property, way]) => `${columnOf(table, property).name} ${way}`).join(', ')}`,
      limit === undefined ? '' : `limit ${next()}`,
      lock && dialect.isPostgreSql ? 'for update' : '',
    ]
      .filter((part) => part !== '')
      .join(' ');
  });
  return { sql, values: [...valuesOf(dialect, table, where), ...(limit === undefined ? [] : [limit])] };
}

/** @param unlessThere where a row with the same in these properties is there already, nothing is inserted */
export function insertStatement(
  dialect: Dialect,
  insertion: Insertion,
  unlessThere: readonly string[] = [],
): Statement {
  const { table, columns, rows } = insertion;
  const key = `insert ${columns.number} ${rows.length} / ${unlessThere.join(' ')}`;
  const sql = textOf(table, key, () => {
    const conflict =
      unlessThere.length === 0
        ? ''
        : ` on conflict (${unlessThere.map((property) => columnOf(table, property).name).join(', ')}) do nothing`;
    return `${insertText(insertion, placeholders(dialect))}${conflict}`;
  });
  return { sql, values: insertedValues(insertion) };
}

/** Rows to insert into a table; all have the same properties. */
export interface Insertion {
  readonly table: Table;
  readonly columns: ColumnSet;
  readonly rows: readonly Inserted[];
}

/** A row to insert, by its properties. */
export type Inserted = Readonly<Record<string, unknown>>;

export function insertionOf(table: Table, rows: readonly Inserted[]): Insertion {
  return { table, columns: columnSetOf(table, Object.keys(rows[0] ?? {})), rows };
}

export function insertText({ table, columns, rows }: Insertion, next: () => string): string {
  const values = rows.map(() => `(${columns.all.map(() => next()).join(', ')})`).join(', ');
  return `insert into ${table.name} (${columns.all.map(({ name }) => name).join(', ')}) values ${values}`;
}

export function insertedValues({ columns, rows }: Insertion): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) for (const { property, write } of columns.all) values.push(write(row[property]));
  return values;
}

/**
 * Moves the version on, where there is one.
 * @param isReturning whether it gives the rows as they are then
 */
export function updateStatement(
  dialect: Dialect,
  table: Table,
  where: readonly Condition[],
  changes: Readonly<Record<string, unknown>>,
  isReturning = false,
): Statement {
  const columns = Object.keys(changes).map((property) => columnOf(table, property));
  const key = `update ${Object.keys(changes).join(' ')} / ${shapeOf(where)} / ${isReturning}`;
  const sql = textOf(table, key, () => {
    const next = placeholders(dialect);
    const assignments = columns.map(({ name }) => `${name} = ${next()}`);
    const { version } = table;
    if (version !== null) assignments.push(`${version.name} = ${version.name} + 1`);
    const returning = isReturning ? ` returning ${namesOf(table)}` : '';
    return `update ${table.name} set ${assignments.join(', ')} ${whereText(dialect, table, where, next)}${returning}`;
  });
  const written = columns.map((column) => column.write(changes[column.property]));
  return { sql, values: [...written, ...valuesOf(dialect, table, where)] };
}

export function deleteStatement(dialect: Dialect, table: Table, where: readonly Condition[]): Statement {
  const sql = textOf(
    table,
    `delete ${shapeOf(where)}`,
    () => `delete from ${table.name} ${whereText(dialect, table, where, placeholders(dialect))}`,
  );
  return { sql, values: valuesOf(dialect, table, where) };
}

const forPostgreSql = new Map<string, string>();
const forSqlite = new Map<string, string>();

/** A statement that was written by hand, with `?` for its values and `= any(?)` for a list, in the form of the engine. */
export function handWritten({ isPostgreSql }: Dialect, sql: string, values: readonly unknown[]): Statement {
  const texts = isPostgreSql ? forPostgreSql : forSqlite;
  let text = texts.get(sql);
  if (text === undefined) {
    text = isPostgreSql
      ? sql.replaceAll('?', placeholders({ isPostgreSql }))
      : sql.replaceAll('= any(?)', 'in (select value from json_each(?))');
    texts.set(sql, text);
  }
  return { sql: text, values: isPostgreSql ? values : values.map(forSqliteValue) };
}

function forSqliteValue(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  return Array.isArray(value) ? JSON.stringify(value) : value;
}

function namesOf({ columns }: Table): string {
  return columns.map(({ name }) => name).join(', ');
}

function textOf({ statements }: Table, key: string, make: () => string): string {
  let text = statements.get(key);
  if (text === undefined) {
    text = make();
    statements.set(key, text);
  }
  return text;
}

export function placeholders({ isPostgreSql }: Dialect): () => string {
  let count = 0;
  return () => {
    count += 1;
    return isPostgreSql ? `$${count}` : '?';
  };
}

function shapeOf(where: readonly Condition[]): string {
  return where.map(([property, value]) => `${property}${wayOf(value)}`).join(' ');
}

function wayOf(value: unknown): string {
  if (value === null) return '-';
  if (value instanceof WrittenOut) return `=${value.word}`;
  return Array.isArray(value) ? '*' : '=';
}

function whereText(dialect: Dialect, table: Table, where: readonly Condition[], next: () => string): string {
  if (where.length === 0) return '';
  const parts = where.map(([property, value]) => {
    const { name } = columnOf(table, property);
    if (value === null) return `${name} is null`;
    if (value instanceof WrittenOut) return `${name} = '${value.word}'`;
    if (!Array.isArray(value)) return `${name} = ${next()}`;
    // One value however long the list, so that the text stays the same.
    return dialect.isPostgreSql
      ? `${name} = any(${next()})`
      : `${name} in (select value from json_each(${next()}))`;
  });
  return `where ${parts.join(' and ')}`;
}

function valuesOf(dialect: Dialect, table: Table, where: readonly Condition[]): unknown[] {
  return where
    .filter(([, value]) => value !== null && !(value instanceof WrittenOut))
    .map(([property, value]) => bound(dialect, columnOf(table, property), value));
}

function bound({ isPostgreSql }: Dialect, column: Column, value: unknown): unknown {
  if (!Array.isArray(value)) return column.write(value);
  const list = value.map((one) => column.write(one));
  return isPostgreSql ? list : JSON.stringify(list);
}

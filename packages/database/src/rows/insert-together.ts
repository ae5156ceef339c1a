import {
  type Dialect,
  type Insertion,
  insertedValues,
  insertText,
  placeholders,
  type Statement,
} from './statements.ts';

/** A statement that inserts, and what SQLite needs first. */
export interface InsertStatement extends Statement {
  /** Makes what is inserted into, unless the connection has it already. */
  readonly view?: string;
}

/** Texts by what they depend on. */
const forPostgreSql = new Map<string, string>();
const forSqlite = new Map<string, ViewText>();

interface ViewText {
  readonly sql: string;
  readonly view: string;
}

/**
 * Inserts rows of several tables by one statement: all of them, in that order on SQLite, or none.
 * PostgreSQL takes the first of them as common table expressions of the last. SQLite has no such thing: there it is an insert into a
 * view of the connection alone, whose trigger hands each value on to its table.
 */
export function insertTogether({ isPostgreSql }: Dialect, insertions: readonly Insertion[]): InsertStatement {
  const key = insertions.map(({ columns, rows }) => `${columns.number} ${rows.length}`).join('/');
  const values = insertions.flatMap(insertedValues);
  if (isPostgreSql) {
    const sql = forPostgreSql.get(key) ?? expressions(insertions);
    forPostgreSql.set(key, sql);
    return { sql, values };
  }
  const text = forSqlite.get(key) ?? viewText(`together_${forSqlite.size + 1}`, insertions, values.length);
  forSqlite.set(key, text);
  return { ...text, values };
}

function expressions(insertions: readonly Insertion[]): string {
  const next = placeholders({ isPostgreSql: true });
  const texts = insertions.map((insertion) => insertText(insertion, next));
  const first = texts.slice(0, -1).map((text, index) => `inserted_${index + 1} as (${text})`);
  return `with ${first.join(', ')} ${texts.at(-1)}`;
}

function viewText(name: string, insertions: readonly Insertion[], count: number): ViewText {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  let given = 0;
  const next = () => {
    given += 1;
    return `new.v${given}`;
  };
  const texts = insertions.map((insertion) => `${insertText(insertion, next)};`);
  return {
    sql: `insert into ${name} values (${numbers.map(() => '?').join(', ')})`,
    view: `create temp view if not exists ${name} as select ${numbers.map((number) => `null as v${number}`).join(', ')};
      create temp trigger if not exists ${name}_inserted instead of insert on ${name} begin ${texts.join(' ')} end`,
  };
}

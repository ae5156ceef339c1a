import {
  type Dialect,
  type Insertion,
  insertedValues,
  insertText,
  placeholders,
  type Statement,
} from './statements.ts';
import type { TogetherText } from './table.ts';

/** A statement that inserts, and what SQLite needs first. */
export interface InsertStatement extends Statement {
  /** Makes what is inserted into, unless the connection has it already. */
  readonly view?: string;
}

/** Shapes that are kept for the table that comes first in them, each with a text and on SQLite a view of each connection. */
const mostShapes = 50;

let views = 0;

/**
 * Inserts rows of several tables by one statement: all of them, in that order on SQLite, or none.
 * PostgreSQL takes the first of them as common table expressions of the last. SQLite has no such thing: there it is an insert into a
 * view of the connection alone, whose trigger hands each value on to its table.
 * @returns null for one shape too many: those have to go apart
 */
export function insertTogether(
  { isPostgreSql }: Dialect,
  insertions: readonly Insertion[],
): InsertStatement | null {
  const known = insertions[0]?.table.together ?? new Map<string, TogetherText>();
  const key = insertions.map(({ columns, rows }) => `${columns.number} ${rows.length}`).join('/');
  let text = known.get(key);
  if (text === undefined) {
    if (known.size === mostShapes) return null;
    text = isPostgreSql ? expressions(insertions) : throughView(insertions);
    known.set(key, text);
  }
  return { ...text, values: insertions.flatMap(insertedValues) };
}

function expressions(insertions: readonly Insertion[]): TogetherText {
  const next = placeholders({ isPostgreSql: true });
  const texts = insertions.map((insertion) => insertText(insertion, next));
  const first = texts.slice(0, -1).map((text, index) => `inserted_${index + 1} as (${text})`);
  return { sql: `with ${first.join(', ')} ${texts.at(-1)}` };
}

function throughView(insertions: readonly Insertion[]): TogetherText {
  views += 1;
  const name = `together_${views}`;
  let given = 0;
  const next = () => {
    given += 1;
    return `new.v${given}`;
  };
  const texts = insertions.map((insertion) => `${insertText(insertion, next)};`);
  const numbers = Array.from({ length: given }, (_, index) => index + 1);
  return {
    sql: `insert into ${name} values (${numbers.map(() => '?').join(', ')})`,
    view: `create temp view if not exists ${name} as select ${numbers.map((number) => `null as v${number}`).join(', ')};
      create temp trigger if not exists ${name}_inserted instead of insert on ${name} begin ${texts.join(' ')} end`,
  };
}

import { type InsertStatement, insertTogether } from './insert-together.ts';
import { type Dialect, type Insertion, insertStatement } from './statements.ts';

/** Inserts of a transaction that nobody has asked anything after: they go as one statement, a way to the database and back in all. */
export interface PendingInserts {
  readonly isEmpty: boolean;
  add(insertion: Insertion): void;
  /** The statements that insert them, in the order in which they were added; nothing is pending then. */
  take(): readonly InsertStatement[];
}

/** Values a statement takes at most: of many rows each number has a text of its own, which is not worth keeping. */
const mostValues = 500;

const pendings = new WeakMap<object, PendingInserts>();

/** @param transaction of `inTransaction` */
export function openPendingInserts(transaction: object, dialect: Dialect): PendingInserts {
  let waiting: Insertion[] = [];
  const pending: PendingInserts = {
    get isEmpty() {
      return waiting.length === 0;
    },
    add(insertion) {
      const last = waiting.at(-1);
      // Events above all come one by one.
      if (last?.columns === insertion.columns)
        waiting[waiting.length - 1] = { ...last, rows: [...last.rows, ...insertion.rows] };
      else waiting.push(insertion);
    },
    take() {
      const taken = waiting;
      waiting = [];
      return statementsFor(dialect, taken);
    },
  };
  pendings.set(transaction, pending);
  return pending;
}

/** To be called when the transaction is over: nothing can be added any more. */
export function closePendingInserts(transaction: object): void {
  pendings.delete(transaction);
}

/** Null outside of `inTransaction`, and within what MikroORM or knex has begun in it. */
export function pendingInsertsOf(transaction: object | undefined): PendingInserts | null {
  return transaction === undefined ? null : (pendings.get(transaction) ?? null);
}

function statementsFor(dialect: Dialect, insertions: readonly Insertion[]): readonly InsertStatement[] {
  const statements: InsertStatement[] = [];
  let together: Insertion[] = [];
  let count = 0;
  const close = () => {
    const whole = together.length < 2 ? null : insertTogether(dialect, together);
    if (whole !== null) statements.push(whole);
    else statements.push(...together.map((insertion) => insertStatement(dialect, insertion)));
    together = [];
    count = 0;
  };
  for (const insertion of insertions) {
    const values = insertion.rows.length * insertion.columns.all.length;
    if (count + values > mostValues) close();
    together.push(insertion);
    count += values;
  }
  close();
  return statements;
}

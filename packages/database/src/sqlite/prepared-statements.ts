import type { Database, Statement } from 'sqlite3';

/** Statements that a connection keeps prepared; the one not used for longest goes when there are more. */
const kept = 300;

const statements = new WeakMap<Database, Map<string, Statement | Promise<Statement>>>();

/** What running a statement did. */
export interface RunResult {
  readonly lastID: number;
  readonly changes: number;
}

/** Runs a statement for its rows. It is prepared at its first use on the connection. */
export function allRows(
  connection: Database,
  sql: string,
  values: readonly unknown[],
): Promise<Record<string, unknown>[]> {
  return withStatement(connection, sql, (statement) => rowsFrom(statement, values));
}

function rowsFrom(statement: Statement, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    statement.all(values, (error: Error | null, rows: Record<string, unknown>[]) =>
      error === null ? resolve(rows) : reject(error),
    );
  });
}

/** Runs a statement for its effect. */
export function runStatement(
  connection: Database,
  sql: string,
  values: readonly unknown[],
): Promise<RunResult> {
  return withStatement(connection, sql, (statement) => effectOf(statement, values));
}

function effectOf(statement: Statement, values: readonly unknown[]): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    statement.run(values, function (this: RunResult, error: Error | null) {
      // Copied, as the next run of the statement writes into the same object.
      if (error === null) resolve({ lastID: this.lastID, changes: this.changes });
      else reject(error);
    });
  });
}

/** Gives up what a connection has prepared: SQLite does not close a connection that has statements. */
export async function finalizeStatements(connection: Database): Promise<void> {
  const all = [...(statements.get(connection)?.values() ?? [])];
  statements.delete(connection);
  await Promise.all(all.map(async (statement) => finalize(await statement)));
}

/** Without a wait where the statement is prepared. */
function withStatement<Outcome>(
  connection: Database,
  sql: string,
  run: (statement: Statement) => Promise<Outcome>,
): Promise<Outcome> {
  const ofConnection = statements.get(connection) ?? new Map<string, Statement | Promise<Statement>>();
  statements.set(connection, ofConnection);
  const known = ofConnection.get(sql) ?? preparing(connection, ofConnection, sql);
  // Last in the order of the map: the one used most lately.
  ofConnection.delete(sql);
  ofConnection.set(sql, known);
  return known instanceof Promise ? known.then(run) : run(known);
}

function preparing(
  connection: Database,
  ofConnection: Map<string, Statement | Promise<Statement>>,
  sql: string,
): Promise<Statement> {
  const made = prepare(connection, sql);
  const replace = (statement: Statement | undefined) => {
    // Unless it has gone meanwhile.
    if (ofConnection.get(sql) !== made) return;
    if (statement === undefined) ofConnection.delete(sql);
    else ofConnection.set(sql, statement);
  };
  made.then(replace, () => replace(undefined));
  if (ofConnection.size >= kept) dropOldest(ofConnection);
  return made;
}

function prepare(connection: Database, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement: Statement = connection.prepare(sql, (error: Error | null) =>
      error === null ? resolve(statement) : reject(error),
    );
  });
}

function dropOldest(ofConnection: Map<string, Statement | Promise<Statement>>): void {
  const [oldest] = ofConnection;
  if (oldest === undefined) return;
  ofConnection.delete(oldest[0]);
  Promise.resolve(oldest[1]).then(finalize, () => {});
}

/** Waits for runs of it that are under way. */
function finalize(statement: Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => resolve());
  });
}

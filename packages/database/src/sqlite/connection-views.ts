import type { Database } from 'sqlite3';

/** What each connection has been told to make. */
const made = new WeakMap<Database, Set<string>>();

/**
 * Makes a temporary view, which is the connection's own, unless it has it.
 * @param sql does nothing where the view is there
 */
export async function makeView(connection: Database, sql: string): Promise<void> {
  const known = made.get(connection) ?? new Set();
  made.set(connection, known);
  if (known.has(sql)) return;
  await new Promise<void>((resolve, reject) => {
    connection.exec(sql, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
  known.add(sql);
}

/** To be called when a transaction has been undone, in whole or in part: the views that were made in it are gone. */
export function forgetViews(connection: Database): void {
  made.delete(connection);
}

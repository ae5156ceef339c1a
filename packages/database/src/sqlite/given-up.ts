/** Connections with an open transaction: whether SQLite may have rolled it back by itself, as it does when the disk is full. */
const transactions = new WeakMap<object, boolean>();

/** To be called when a transaction begins. */
export function watchTransaction(connection: object): void {
  transactions.set(connection, false);
}

/** To be called when it ends. */
export function unwatchTransaction(connection: object): void {
  transactions.delete(connection);
}

/** @param error of a statement on that connection */
export function tellFailure(connection: object, error: unknown): void {
  const { code } = error as { code?: string };
  // By these a statement fails alone: a rule of the table, or an error in its text.
  const failsAlone = code === 'SQLITE_CONSTRAINT' || code === 'SQLITE_ERROR';
  if (!failsAlone && transactions.has(connection)) transactions.set(connection, true);
}

export function isGivenUp(connection: object): boolean {
  return transactions.get(connection) === true;
}

/**
 * To be called before more is done in a transaction: after SQLite has given it up, a statement would be committed by itself.
 * @throws {Error}
 */
export function refuseGivenUp(connection: object): void {
  if (isGivenUp(connection))
    throw new Error('SQLite has given up the transaction, with all that was written in it');
}

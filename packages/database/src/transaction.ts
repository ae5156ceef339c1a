import type { Knex, SqlEntityManager } from '@mikro-orm/knex';

/** What is to be done when a transaction ends, on the whole of it: those of its savepoints too. */
interface Ending {
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterCommit: (() => void)[];
}

const endings = new WeakMap<Knex.Transaction, Ending>();

/**
 * Does work in a transaction with a unit of work of its own, which is flushed at the end; within a transaction that is
 * open, in a savepoint of it. Rows (`rowsOf`) and entities may be used side by side in it.
 * @param em whose database to use; nothing of its own unit of work is touched
 */
export async function inTransaction<Outcome>(
  em: SqlEntityManager,
  work: (tx: SqlEntityManager) => Promise<Outcome>,
): Promise<Outcome> {
  const outer = em.getTransactionContext<Knex.Transaction>();
  const transaction: Knex.Transaction = await (outer ?? em.getConnection().getKnex()).transaction();
  const tx = em.fork() as SqlEntityManager;
  tx.setTransactionContext(transaction);
  const ending: Ending = { beforeCommit: [], afterCommit: [] };
  endings.set(transaction, ending);
  try {
    const outcome = await work(tx);
    await tx.flush();
    for (const callback of ending.beforeCommit) await callback();
    transaction.commit();
    await transaction.executionPromise;
    settle(ending, outer);
    return outcome;
  } catch (error) {
    if (!transaction.isCompleted()) await transaction.rollback();
    throw error;
  }
}

/** What a savepoint leaves to be done is done once the transaction around it has ended. */
function settle({ afterCommit }: Ending, outer: Knex.Transaction | undefined): void {
  const around = outer === undefined ? undefined : endings.get(outer);
  if (around === undefined) for (const callback of afterCommit) callback();
  else around.afterCommit.push(...afterCommit);
}

/**
 * Has something written at the end of a transaction, after all else and with it.
 * @throws {Error} outside of `inTransaction`
 */
export function beforeCommit(tx: SqlEntityManager, callback: () => Promise<void>): void {
  endingOf(tx).beforeCommit.push(callback);
}

/**
 * Has something done once a transaction is committed.
 * @throws {Error} outside of `inTransaction`
 */
export function afterCommit(tx: SqlEntityManager, callback: () => void): void {
  endingOf(tx).afterCommit.push(callback);
}

function endingOf(tx: SqlEntityManager): Ending {
  const transaction = tx.getTransactionContext<Knex.Transaction>();
  const ending = transaction === undefined ? undefined : endings.get(transaction);
  if (ending === undefined) throw new Error('Expected an entity manager of inTransaction');
  return ending;
}

import type { Knex, SqlEntityManager } from '@mikro-orm/knex';
import { isWhole, lazyFork } from '../lazy-fork.ts';
import { type RawConnection, runOn } from '../rows/run-on.ts';
import { onConnection, toldBy } from '../rows/run-sql.ts';
import { isPostgreSql } from '../rows/table.ts';
import { inCommitGroup } from './commit-groups.ts';
import { type Opening, type TransactionContext, transactionContext } from './transaction-context.ts';

/** What is to be done when a transaction ends, on the whole of it: those of its savepoints too. */
interface Ending {
  readonly beforeCommit: (() => Promise<void>)[];
  readonly afterCommit: (() => void)[];
}

const endings = new WeakMap<TransactionContext, Ending>();

/**
 * Does work in a transaction with a unit of work of its own, which is flushed at the end; within a transaction that is
 * open, in a savepoint of it, one after the other. Rows (`rowsOf`) and entities may be used side by side in it.
 * @param em whose database to use; nothing of its own unit of work is touched
 */
export async function inTransaction<Outcome>(
  em: SqlEntityManager,
  work: (tx: SqlEntityManager) => Promise<Outcome>,
): Promise<Outcome> {
  const outer = em.getTransactionContext<TransactionContext>();
  const client: Knex.Client = (outer ?? em.getConnection().getKnex()).client;
  const ending: Ending = { beforeCommit: [], afterCommit: [] };
  const all = async (opening: Opening) => {
    const context = transactionContext(client, opening);
    endings.set(context, ending);
    try {
      const tx = lazyFork(em, context);
      const outcome = await work(tx);
      context.assertGoesOn();
      if (hasWork(tx)) await tx.flush();
      for (const callback of ending.beforeCommit) await callback();
      await context.finish().catch(toldBy(em));
      return outcome;
    } finally {
      context.complete();
    }
  };
  const outcome = await bracket(em, outer !== undefined)(client, all);
  settle(ending, outer);
  return outcome;
}

/**
 * Whether entities were read or made. MikroORM flushes within an AsyncLocalStorage, also when there is nothing to write; the first time
 * has Node track each promise of the process from then on.
 */
function hasWork(tx: SqlEntityManager): boolean {
  if (!isWhole(tx)) return false;
  const unit = tx.getUnitOfWork();
  return [unit.getPersistStack().size, unit.getRemoveStack().size, unit.getIdentityMap().keys().length].some(
    (count) => count > 0,
  );
}

/** What a savepoint leaves to be done is done once the transaction around it has ended. */
function settle({ afterCommit }: Ending, outer: TransactionContext | undefined): void {
  const around = outer === undefined ? undefined : endings.get(outer);
  if (around === undefined) for (const callback of afterCommit) callback();
  else around.afterCommit.push(...afterCommit);
}

type Bracket = <Outcome>(
  client: Knex.Client,
  work: (opening: Opening) => Promise<Outcome>,
) => Promise<Outcome>;

function bracket(em: SqlEntityManager, isWithin: boolean): Bracket {
  if (isWithin) return inSavepoint;
  return isPostgreSql(em) ? alone : inCommitGroup;
}

const alone: Bracket = (client, work) =>
  between(client, work, { begin: ['begin'], keep: ['commit'], undo: ['rollback'] });

const inSavepoint: Bracket = (client, work) =>
  between(client, work, {
    begin: ['savepoint nested'],
    keep: ['release savepoint nested'],
    undo: ['rollback to savepoint nested', 'release savepoint nested'],
  });

interface Brackets {
  readonly begin: readonly string[];
  readonly keep: readonly string[];
  readonly undo: readonly string[];
}

async function between<Outcome>(
  client: Knex.Client,
  work: (opening: Opening) => Promise<Outcome>,
  { begin, keep, undo }: Brackets,
): Promise<Outcome> {
  let connection: RawConnection | undefined;
  let begun: Promise<RawConnection> | undefined;
  const runAll = async (on: RawConnection, statements: readonly string[]) => {
    for (const sql of statements) await runOn(client, on, sql);
  };
  const beginNow = async () => {
    const acquired: RawConnection = await client.acquireConnection();
    connection = acquired;
    await runAll(acquired, begin);
    return acquired;
  };
  const open = () => {
    begun ??= beginNow();
    return begun;
  };
  try {
    const outcome = await work({ open, alone: (run) => onConnection(client, run) });
    if (begun !== undefined) await runAll(await begun, keep);
    return outcome;
  } catch (error) {
    // Without a connection there is nothing to roll back; with one that is broken, the pool sees to that.
    if (connection !== undefined) await runAll(connection, undo).catch(() => {});
    throw error;
  } finally {
    if (connection !== undefined) await client.releaseConnection(connection);
  }
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
  const transaction = tx.getTransactionContext<TransactionContext>();
  const ending = transaction === undefined ? undefined : endings.get(transaction);
  if (ending === undefined) throw new Error('Expected an entity manager of inTransaction');
  return ending;
}

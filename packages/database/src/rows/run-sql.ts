import type { Knex, SqlEntityManager } from '@mikro-orm/knex';
import { writeInGroup } from '../transaction/commit-groups.ts';
import type { TransactionContext } from '../transaction/transaction-context.ts';
import { type Ran, type RawConnection, runOn } from './run-on.ts';
import { isPostgreSql } from './table.ts';

/**
 * Runs a statement that each connection prepares once, in the transaction of the entity manager if it is in one.
 * @param sql in the engine's own form, the same text each time
 * @param hasRows whether it gives rows
 * @throws MikroORM's exceptions, such as UniqueConstraintViolationException
 */
export async function runSql(
  em: SqlEntityManager,
  sql: string,
  values: readonly unknown[],
  hasRows: boolean,
): Promise<Ran> {
  const transaction = em.getTransactionContext<Knex.Transaction & Partial<TransactionContext>>();
  if (transaction?.isCompleted() === true) throw new Error(`The transaction is over: ${sql}`);
  const client: Knex.Client = (transaction ?? em.getConnection().getKnex()).client;
  const run = (connection: RawConnection) => runOn(client, connection, sql, values, hasRows);
  const ready = transaction?.ready?.();
  try {
    if (ready !== undefined) return await run(ready);
    // One that writes and gives rows begins with another word.
    const writes = !hasRows || sql.startsWith('update') || sql.startsWith('insert');
    const commits = transaction === undefined && writes && !isPostgreSql(em);
    return await (commits ? writeInGroup(client, run) : onConnection(client, run));
  } catch (error) {
    return toldBy(em)(error);
  }
}

/** Throws what the driver has thrown as what MikroORM makes of it. */
export function toldBy(em: SqlEntityManager): (error: unknown) => never {
  return (error) => {
    throw em
      .getPlatform()
      .getExceptionConverter()
      .convertException(error as Error);
  };
}

export async function onConnection<Outcome>(
  client: Knex.Client,
  run: (connection: RawConnection) => Promise<Outcome>,
): Promise<Outcome> {
  const connection: RawConnection = await client.acquireConnection();
  try {
    return await run(connection);
  } finally {
    client.releaseConnection(connection);
  }
}

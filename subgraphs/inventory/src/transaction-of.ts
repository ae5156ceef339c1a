import type { EntityManager, Knex } from '@stoa/database';

/**
 * The knex of the transaction that an entity manager runs, so that hand-written statements are committed with the
 * unit of work or not at all.
 * @throws {Error} outside `em.transactional`
 */
export function transactionOf(tx: EntityManager): Knex.Transaction {
  const transaction = tx.getTransactionContext<Knex.Transaction>();
  if (transaction === undefined) throw new Error('Expected an entity manager inside a transaction');
  return transaction;
}

import type { EntityManager } from '@stoa/database';

/**
 * Makes the forks of an entity manager take part in its transaction, so that a rule which works in a transaction of its
 * own (`inTransaction`) is a part of the consumer's, as a savepoint, when a consumer calls it.
 */
export function joinTransaction(tx: EntityManager): EntityManager {
  const fork = tx.fork.bind(tx);
  return Object.assign(tx, {
    fork: (options: Parameters<typeof fork>[0] = {}) =>
      joinTransaction(fork({ keepTransactionContext: true, ...options })),
  });
}

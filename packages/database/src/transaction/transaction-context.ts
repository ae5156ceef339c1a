import type { Knex } from '@mikro-orm/knex';
import type { RawConnection } from '../rows/run-on.ts';

/** What a transaction is to those who work in it. MikroORM and knex take it for one of knex's. */
export interface TransactionContext {
  /** knex's, over the connection of the transaction alone. */
  readonly client: Knex.Client;
  isCompleted(): boolean;
  /** Begins one of knex's within, which is a savepoint: `em.transactional` asks for it. */
  transaction(container: null, config: object): Promise<Knex.Transaction>;
}

export interface OpenContext extends TransactionContext {
  /** Whoever still has it cannot use it any more. */
  complete(): void;
}

/** In place of one of knex's, which makes a whole knex for each transaction: that takes longer than to begin and to end it. */
export function transactionContext(client: Knex.Client, connection: RawConnection): OpenContext {
  let isCompleted = false;
  const own: Knex.Client = Object.assign(Object.create(client), {
    transacting: true,
    async acquireConnection() {
      if (isCompleted) throw new Error('The transaction is over');
      return connection;
    },
    async releaseConnection() {},
  });
  return {
    client: own,
    isCompleted: () => isCompleted,
    transaction: (_, config) =>
      new Promise((resolve, reject) => {
        // As knex itself begins one without a function that works in it. It does not type what it returns.
        const begun: PromiseLike<unknown> & object = Object(
          own.transaction(resolve, { userParams: {}, doNotRejectOnRollback: true, ...config }, null),
        );
        begun.then(undefined, reject);
      }),
    complete() {
      isCompleted = true;
    },
  };
}

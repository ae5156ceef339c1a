import type { Knex } from '@mikro-orm/knex';
import type { InsertStatement } from '../rows/insert-together.ts';
import { closePendingInserts, openPendingInserts } from '../rows/pending-inserts.ts';
import { type RawConnection, runInsert } from '../rows/run-on.ts';
import { refuseGivenUp } from '../sqlite/given-up.ts';

/** What a transaction is to those who work in it. MikroORM and knex take it for one of knex's. */
export interface TransactionContext {
  /** knex's, over the connection of the transaction alone. */
  readonly client: Knex.Client;
  isCompleted(): boolean;
  /** Its connection, where nothing has to be done before it is used; else it is asked for (`client.acquireConnection`). */
  ready(): RawConnection | undefined;
  /** Begins one of knex's within, which is a savepoint: `em.transactional` asks for it. */
  transaction(container: null, config: object): Promise<Knex.Transaction>;
}

export interface OpenContext extends TransactionContext {
  /** @throws {Error} when SQLite has given the transaction up */
  assertGoesOn(): void;
  /** Writes what waits to be written. */
  finish(): Promise<void>;
  /** Whoever still has it cannot use it any more. */
  complete(): void;
}

/** How a transaction comes to its connection: when something is first asked of it. */
export interface Opening {
  /** Begins the transaction, the first time. */
  open(): Promise<RawConnection>;
  /** Runs the one statement of a transaction, which is one by itself. */
  alone(run: (connection: RawConnection) => Promise<unknown>): Promise<unknown>;
}

/** In place of one of knex's, which makes a whole knex for each transaction: that takes longer than to begin and to end it. */
export function transactionContext(client: Knex.Client, { open, alone }: Opening): OpenContext {
  let isCompleted = false;
  let connection: RawConnection | undefined;
  let inserting: Promise<void> | undefined;
  /** For the next statement, which may be about what waits to be inserted. */
  const acquire = async () => {
    if (isCompleted) throw new Error('The transaction is over');
    connection ??= await open();
    while (inserting !== undefined || !pending.isEmpty) {
      inserting ??= insertAll(client, connection, pending.take()).finally(() => {
        inserting = undefined;
      });
      await inserting;
    }
    return connection;
  };
  const own: Knex.Client = Object.assign(Object.create(client), {
    transacting: true,
    acquireConnection: acquire,
    async releaseConnection() {},
  });
  const context: OpenContext = {
    client: own,
    isCompleted: () => isCompleted,
    ready: () => (pending.isEmpty && inserting === undefined ? connection : undefined),
    transaction: (_, config) =>
      new Promise((resolve, reject) => {
        // As knex itself begins one without a function that works in it. It does not type what it returns.
        const begun: PromiseLike<unknown> & object = Object(
          own.transaction(resolve, { userParams: {}, doNotRejectOnRollback: true, ...config }, null),
        );
        begun.then(undefined, reject);
      }),
    assertGoesOn() {
      if (connection !== undefined) refuseGivenUp(connection);
    },
    async finish() {
      const [only, ...more] = connection === undefined ? pending.take() : [];
      if (only === undefined) {
        if (!pending.isEmpty) await acquire();
      } else if (more.length === 0) {
        await alone((one) => runInsert(client, one, only));
      } else {
        await insertAll(client, await open(), [only, ...more]);
      }
    },
    complete() {
      isCompleted = true;
      closePendingInserts(context);
    },
  };
  const pending = openPendingInserts(context, { isPostgreSql: client.dialect === 'postgresql' });
  return context;
}

async function insertAll(
  client: Knex.Client,
  connection: RawConnection,
  statements: readonly InsertStatement[],
): Promise<void> {
  for (const statement of statements) await runInsert(client, connection, statement);
}

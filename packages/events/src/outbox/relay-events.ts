import { type Database, type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Logger } from '@stoa/telemetry';
import { type Broker, brokerUnavailable } from '../brokers/broker.ts';
import { aggregatesAtOnce, takeEvents } from './take-events.ts';

export interface RelayOptions {
  readonly database: Database;
  readonly broker: Broker;
  readonly logger: Logger;
  /** How many events to publish at once. */
  readonly batchSize?: number;
}

/**
 * Makes the pass of a relay. A pass publishes a batch of events in the order in which they were recorded, and removes
 * them once the broker has confirmed all. When the process ends in between they are published again, and the inbox makes
 * it once. Any number of relays may run side by side on PostgreSQL. While the broker cannot be reached, events wait.
 * @returns a pass that answers true when there is more to do at once
 */
export function createRelay({
  database,
  broker,
  logger,
  batchSize = 500,
}: RelayOptions): () => Promise<boolean> {
  const { isPostgreSql } = rowsOf(database.em);
  const publishSome = async (em: EntityManager): Promise<number> => {
    const taken = await takeEvents(em, batchSize);
    if (taken.length === 0) return 0;
    await broker.publish(taken.map(({ event }) => event));
    const rows = rowsOf(em);
    // Should the database end before this is on disk, they are published once more: not worth a wait for the disk.
    if (isPostgreSql) await rows.run('set local synchronous_commit to off');
    await rows.run('delete from outbox where position = any(?)', [taken.map(({ position }) => position)]);
    return taken.length;
  };
  let isWaiting = false;
  return async () => {
    try {
      // SQLite has one connection: a transaction held while publishing would stop the consumers of this very process.
      const published = await (isPostgreSql
        ? inTransaction(database.em, publishSome)
        : publishSome(database.em));
      if (isWaiting && published > 0) {
        logger.info({ event: 'relay.goes-on' });
        isWaiting = false;
      }
      return published >= Math.min(batchSize, aggregatesAtOnce);
    } catch (error) {
      if (!(error instanceof Failure && error.code === brokerUnavailable)) throw error;
      // Told once: the next passes meet the same until the broker is back.
      if (!isWaiting) logger.warn({ event: 'relay.waits', err: error });
      isWaiting = true;
      return false;
    }
  };
}

import type { EventSubscriber } from '@mikro-orm/core';
import type { Database } from '@stoa/database';
import { OutboxEvent } from './outbox-event.ts';

/**
 * Calls back when a transaction of this process has committed events, so that the relay need not wait for its next
 * round. It may call once too often, never too seldom.
 */
export function onEventsCommitted(database: Database, callback: () => void): void {
  let open = 0;
  let isRecorded = false;
  const end = () => {
    open -= 1;
    // What was recorded may belong to any transaction that is open: only when none is, it is settled.
    if (open <= 0) {
      open = 0;
      isRecorded = false;
    }
  };
  const subscriber: EventSubscriber = {
    getSubscribedEntities: () => [OutboxEvent],
    afterCreate: async () => {
      isRecorded = true;
    },
    afterTransactionStart: async () => {
      open += 1;
    },
    afterTransactionCommit: async () => {
      if (isRecorded) callback();
      end();
    },
    afterTransactionRollback: async () => end(),
  };
  database.em.getEventManager().registerSubscriber(subscriber);
}

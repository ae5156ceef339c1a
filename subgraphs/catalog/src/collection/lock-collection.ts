import { LockMode } from '@mikro-orm/core';
import { isId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { Collection } from './collection.entity.ts';

/** The collection, held until the transaction ends, so that its changes come one after the other; null when there is none. */
export async function lockCollection(tx: EntityManager, id: string): Promise<Collection | null> {
  return isId(id) ? tx.findOne(Collection, id, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
}

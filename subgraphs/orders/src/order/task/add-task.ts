import { type EntityManager, rowsOf } from '@stoa/database';
import type { OrderChange } from '../move-order.ts';
import { OrderTask, type Work } from './order-task.entity.ts';

/** Writes down, with the change of an order, what another service has to do because of it. */
export async function addTask(
  tx: EntityManager,
  orderId: string,
  work: Work,
  { now, newId }: Pick<OrderChange, 'now' | 'newId'>,
): Promise<void> {
  await rowsOf(tx).insert(OrderTask, {
    id: newId(),
    createdAt: now,
    updatedAt: now,
    orderId,
    state: 'PENDING',
    work,
    attempts: 0,
    dueAt: now,
    error: null,
  });
}

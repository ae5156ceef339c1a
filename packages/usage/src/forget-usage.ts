import type { EntityManager } from '@stoa/database';

/** Drops what is older than a day, and the operations that nothing counts any more. */
export async function forgetUsage(em: EntityManager, before: Date): Promise<void> {
  const day = before.toISOString().slice(0, 10);
  await em.getKnex().transaction(async (transaction) => {
    await transaction('usage_count').where('day', '<', day).delete();
    await transaction('usage_other').where('day', '<', day).delete();
    const counted = () => transaction('usage_count').select('operation_id');
    await transaction('usage_coordinate').whereNotIn('operation_id', counted()).delete();
    await transaction('usage_operation').whereNotIn('id', counted()).delete();
  });
}

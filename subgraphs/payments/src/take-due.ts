import { type EntityManager, writeTime } from '@stoa/database';

export interface DueBatch {
  readonly table: 'webhook_event' | 'sandbox_webhook';
  readonly now: Date;
  /** Names this pass, and nobody else's. */
  readonly pass: string;
  /** For how long the rows are this pass's; then, when it has died, somebody else's. */
  readonly takenForMs: number;
  readonly limit: number;
}

/**
 * Takes PENDING rows that are due, the longest due first. Of several processes that do so at once each takes others: a row
 * that one has taken is due again only later.
 */
export async function takeDue(
  em: EntityManager,
  { table, now, pass, takenForMs, limit }: DueBatch,
): Promise<Record<string, unknown>[]> {
  const due = () =>
    em.getKnex()(table).where('state', 'PENDING').where('next_attempt_at', '<=', writeTime(em, now));
  const found: { id: string }[] = await due().select('id').orderBy(['next_attempt_at', 'id']).limit(limit);
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const until = writeTime(em, new Date(now.getTime() + takenForMs));
  await due().whereIn('id', ids).update({ claimed_by: pass, next_attempt_at: until });
  return em.getKnex()(table).select('*').where('claimed_by', pass).orderBy('id');
}

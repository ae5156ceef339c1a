import { type EntityManager, rowsOf } from '@stoa/database';

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
): Promise<readonly Record<string, unknown>[]> {
  const due = `state = 'PENDING' and next_attempt_at <= ?`;
  const taken = await rowsOf(em).all(
    `update ${table} set claimed_by = ?, next_attempt_at = ?
     where id in (select id from ${table} where ${due} order by next_attempt_at, id limit ?) and ${due} returning *`,
    [pass, new Date(now.getTime() + takenForMs), now, limit, now],
  );
  return [...taken].sort((one, other) => (String(one['id']) < String(other['id']) ? -1 : 1));
}

import { defineEntity, p, UniqueConstraintViolationException } from '@mikro-orm/core';
import { type Database, type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { fingerprint } from '../../fingerprint.ts';

/** A request that the sandbox has answered, by its idempotency key. */
export const SandboxRequest = defineEntity({
  name: 'SandboxRequest',
  tableName: 'sandbox_request',
  properties: {
    idempotencyKey: p.string().primary(),
    fingerprint: p.string(),
    outcome: p.json<unknown>(),
  },
});

/**
 * Does `work` once an idempotency key, in a transaction of its own: a repeat gets the first answer. That it is one is found out when
 * its answer is written, as few are; what it has done by then is undone.
 * @throws {Error} when the key comes with other input, which is a fault of the caller
 */
export async function answerOnce<Outcome>(
  database: Database,
  idempotencyKey: string,
  input: readonly (string | number | boolean)[],
  work: (tx: EntityManager) => Promise<Outcome>,
): Promise<{ outcome: Outcome; isRepeat: boolean }> {
  const print = fingerprint(...input);
  try {
    return await inTransaction(database.em, async (tx) => {
      const outcome = await work(tx);
      await rowsOf(tx).insert(SandboxRequest, { idempotencyKey, fingerprint: print, outcome });
      return { outcome, isRepeat: false };
    });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    const answered = await rowsOf(database.em).findOne(SandboxRequest, { idempotencyKey });
    if (answered === null) throw error;
    if (answered.fingerprint !== print)
      throw new Error(`The sandbox was given the idempotency key ${idempotencyKey} with other input`);
    return { outcome: answered.outcome as Outcome, isRepeat: true };
  }
}

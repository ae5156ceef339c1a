import {
  ForeignKeyConstraintViolationException,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { type EntityManager, inTransaction } from '@stoa/database';
import type { Context } from './context.ts';

/** What a change needs of the request that asks for it. */
export type Work = Pick<Context, 'em' | 'clock' | 'newId' | 'call'>;

/**
 * Makes a change in a transaction: all of it or nothing. `attempt` looks before it writes, and writes
 * nothing once it has found a problem. When the database refuses what somebody else has written since
 * it looked (the same slug, say), it looks again, and finds that.
 */
export async function commit<Result>(
  { em }: Pick<Work, 'em'>,
  attempt: (tx: EntityManager) => Promise<Result>,
): Promise<Result> {
  try {
    return await inTransaction(em, attempt);
  } catch (error) {
    if (!isLostRace(error)) throw error;
    return inTransaction(em, attempt);
  }
}

function isLostRace(error: unknown): boolean {
  return (
    error instanceof UniqueConstraintViolationException ||
    error instanceof ForeignKeyConstraintViolationException ||
    error instanceof OptimisticLockError
  );
}

/** The time of a change: now, but later than the last one, so that every change is one and moves the version. */
export function changeTime({ clock }: Pick<Work, 'clock'>, lastChange: Date): Date {
  return new Date(Math.max(clock.now().getTime(), lastChange.getTime() + 1));
}

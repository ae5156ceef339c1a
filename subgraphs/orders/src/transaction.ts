import { DeadlockException, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { inTransaction as attemptInTransaction, type EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';

const maximumAttempts = 5;

/**
 * Does work in a transaction. When somebody else wrote in between, the work runs again from the start, on what is there now.
 * @param em whose database to use; nothing of its own unit of work is touched
 * @throws {Failure} conflict when others were faster each time
 */
export async function inTransaction<Outcome>(
  em: EntityManager,
  work: (tx: EntityManager) => Promise<Outcome>,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptInTransaction(em, work);
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (attempt === maximumAttempts) {
        throw new Failure('conflict', 'Somebody else is changing the same thing: try again', {
          cause: error,
        });
      }
    }
  }
}

function isLostRace(error: unknown): boolean {
  return (
    error instanceof UniqueConstraintViolationException ||
    error instanceof OptimisticLockError ||
    error instanceof DeadlockException
  );
}

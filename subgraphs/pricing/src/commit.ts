import { DeadlockException, OptimisticLockError, UniqueConstraintViolationException } from '@mikro-orm/core';
import { type EntityManager, inTransaction } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Context } from './context.ts';
import type { Occasion } from './occasion.ts';

const maximumAttempts = 5;

/**
 * Runs a change in a transaction of its own. The change reads, decides and writes; when somebody else
 * wrote in between, it is run again from the start and decides on what is there now. What the request
 * reads afterwards sees it.
 * @throws {Failure} conflict when others were faster each time
 */
export async function commit<Outcome>(
  context: Context,
  change: (em: EntityManager, occasion: Occasion) => Promise<Outcome>,
): Promise<Outcome> {
  const { clock, newId, call } = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const occasion = { now: clock.now(), newId, requestId: call.requestId };
      return await inTransaction(context.em, (em) => change(em, occasion));
    } catch (error) {
      if (!isLostRace(error)) throw error;
      if (attempt === maximumAttempts) {
        throw new Failure('conflict', 'Somebody else is changing the same thing: try again', {
          cause: error,
        });
      }
    } finally {
      context.reads = context.newReads();
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

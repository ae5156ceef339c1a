import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { User } from './user.entity.ts';

/**
 * The user, held until the transaction ends, so that changes to one user and their address book
 * come one after another. (SQLite has one connection, and so does this by itself.)
 */
export function lockUser(tx: EntityManager, id: string): Promise<User | null> {
  return tx.findOne(User, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/**
 * The viewer's own account, held as by `lockUser`.
 * @throws {Failure} unauthenticated when it is gone, although their token is still valid
 */
export async function lockViewer(tx: EntityManager, viewerId: string): Promise<User> {
  const user = await lockUser(tx, viewerId);
  if (user === null) throw accountIsGone();
  return user;
}

/** What a viewer is told whose account is gone. */
export function accountIsGone(): Failure {
  return new Failure('unauthenticated', 'Sign in again: this account does not exist any more');
}

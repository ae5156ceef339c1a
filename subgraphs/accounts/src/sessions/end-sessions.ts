import type { EntityManager } from '@stoa/database';
import { Session } from './session.entity.ts';

/** Which sessions of a user: all, one alone, or all but one. */
export type WhichSessions = 'all' | { readonly only: string } | { readonly except: string };

/**
 * Ends sessions: their refresh tokens are worth nothing from now on. Access tokens that were made
 * before live to their end, since nobody asks the database about them.
 * @returns how many were still open
 */
export function endSessions(
  em: EntityManager,
  userId: string,
  which: WhichSessions,
  now: Date,
): Promise<number> {
  const id = which === 'all' ? {} : { id: 'only' in which ? which.only : { $ne: which.except } };
  return em.nativeUpdate(
    Session,
    { userId, revokedAt: null, expiresAt: { $gt: now }, ...id },
    { revokedAt: now },
  );
}

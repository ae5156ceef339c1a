import { LockMode } from '@mikro-orm/core';
import type { Context } from '../context.ts';
import { digest } from '../tokens/opaque-token.ts';
import { userRow } from '../users/find-users.ts';
import { isBarred } from '../users/is-barred.ts';
import { rolesOf } from '../users/roles-of.ts';
import { User } from '../users/user.entity.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { RefreshToken } from './refresh-token.entity.ts';
import { Session } from './session.entity.ts';
import { addRefreshToken } from './start-session.ts';

export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly session: OpenSession }
  | { readonly kind: 'invalid-token' }
  | { readonly kind: 'reused-token' };

/**
 * Trades a refresh token for the next one of its session (RFC 9700, section 4.14.2). A token that
 * comes back has been copied by somebody, and there is no telling who holds the right one: the
 * session ends. There is no grace for a client that sends one token twice at once: it would be a
 * grace for a thief as well, so clients send one refresh at a time.
 */
export async function refreshSession(context: Context, refreshToken: string): Promise<RefreshOutcome> {
  const { em, clock, settings, logger } = context;
  const now = clock.now();
  const tokenHash = digest(refreshToken);
  const known = await em.findOne(RefreshToken, { tokenHash }, { disableIdentityMap: true });
  if (known === null) return { kind: 'invalid-token' };

  const outcome = await em.transactional(
    async (tx) => {
      const session = await tx.findOne(
        Session,
        { id: known.sessionId },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (session === null || session.revokedAt || session.expiresAt <= now) return 'invalid-token';
      const isFirstUse =
        (await tx.nativeUpdate(RefreshToken, { tokenHash, usedAt: null }, { usedAt: now })) === 1;
      const user = await tx.findOne(User, { id: session.userId });
      if (!isFirstUse || user === null || isBarred(user, settings)) {
        session.revokedAt = now;
        return isFirstUse ? 'invalid-token' : 'reused-token';
      }
      const roles = await rolesOf(tx, user.id);
      return {
        user: userRow(user),
        roles,
        sessionId: session.id,
        refreshToken: addRefreshToken(tx, session.id, now),
      };
    },
    { clear: true },
  );

  if (outcome === 'reused-token')
    logger.warn({ event: 'session.refresh-token-reused', sessionId: known.sessionId });
  if (typeof outcome === 'string') return { kind: outcome };
  return { kind: 'refreshed', session: await openSession(context, outcome, outcome.user, outcome.roles) };
}

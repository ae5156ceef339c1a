import type { Context } from '../context.ts';
import { digest, newOpaqueToken } from '../tokens/opaque-token.ts';
import { RefreshToken } from './refresh-token.entity.ts';
import { Session } from './session.entity.ts';

/** A session that is about to be saved. */
export interface StartedSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** Adds a session of the user and its first refresh token to the unit of work. */
export function startSession(
  em: Context['em'],
  { clock, newId, settings }: Pick<Context, 'clock' | 'newId' | 'settings'>,
  userId: string,
): StartedSession {
  const now = clock.now();
  const sessionId = newId();
  em.create(
    Session,
    {
      id: sessionId,
      userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + settings.sessionSeconds * 1000),
      revokedAt: null,
    },
    { persist: true },
  );
  return { sessionId, refreshToken: addRefreshToken(em, sessionId, now) };
}

/** Adds the next refresh token of a session to the unit of work. */
export function addRefreshToken(em: Context['em'], sessionId: string, now: Date): string {
  const refreshToken = newOpaqueToken();
  em.create(
    RefreshToken,
    { tokenHash: digest(refreshToken), sessionId, createdAt: now, usedAt: null },
    { persist: true },
  );
  return refreshToken;
}

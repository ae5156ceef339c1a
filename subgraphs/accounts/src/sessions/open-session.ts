import type { Context } from '../context.ts';
import { signAccessToken } from '../keys/access-token.ts';
import type { UserRow } from '../users/find-users.ts';
import type { Role } from '../users/roles.ts';
import type { StartedSession } from './start-session.ts';

/** What a client gets to act for a user. */
export interface OpenSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly user: UserRow;
}

/** Makes the access token of a session that has been saved. */
export async function openSession(
  { clock, newId, settings, keys }: Pick<Context, 'clock' | 'newId' | 'settings' | 'keys'>,
  { sessionId, refreshToken }: StartedSession,
  user: UserRow,
  roles: readonly Role[],
): Promise<OpenSession> {
  const accessToken = signAccessToken(await keys.signer(), {
    issuer: settings.issuer,
    audience: settings.audience,
    userId: user.id,
    sessionId,
    roles,
    tokenId: newId(),
    issuedAt: clock.now(),
    validForSeconds: settings.accessTokenSeconds,
  });
  return { accessToken, refreshToken, expiresIn: settings.accessTokenSeconds, user };
}

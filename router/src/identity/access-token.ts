import { Failure } from '@stoa/errors';
import { guest, type Viewer } from '@stoa/identity';
import jwt from 'jsonwebtoken';
import type { RouterConfig } from '../config.ts';
import type { KeySet } from './key-set.ts';

/** Who sends a request. */
export interface Caller {
  readonly viewer: Viewer;
  /** The client program that the token was made for (its claim client_id, RFC 9068); null without one. */
  readonly clientId: string | null;
  /** When the token does; null without one, or for one that does not. */
  readonly expiresAt: Date | null;
}

/**
 * Tells who sends a request by its Authorization header: a guest when there is none.
 * @throws {Failure} unauthenticated for a token that is malformed, expired, unsigned, signed by another,
 *   or made for another audience; unavailable when the keys cannot be read
 */
export async function callerOf(
  authorization: string | undefined,
  keys: KeySet,
  { issuer, audience, algorithms }: RouterConfig['accessToken'],
): Promise<Caller> {
  if (authorization === undefined || authorization === '')
    return { viewer: guest, clientId: null, expiresAt: null };
  const [, token] = /^Bearer ([^\s]+)$/i.exec(authorization) ?? [];
  if (token === undefined) throw refuse('expected "Authorization: Bearer <access token>"');

  const header = jwt.decode(token, { complete: true })?.header;
  if (header === undefined) throw refuse('expected a JSON Web Token');
  // The algorithm is ours to choose, not the token's: this shuts out `none` and shared secrets.
  if (!algorithms.includes(header.alg)) throw refuse(`expected one signed with ${algorithms.join(' or ')}`);
  if (header.kid === undefined) throw refuse('expected a key id (kid) in its header');
  const key = await keys.find(header.kid);
  if (key === null) throw refuse('its key is not, or no longer, published');

  try {
    return toCaller(jwt.verify(token, key, { issuer, audience, algorithms: algorithms as jwt.Algorithm[] }));
  } catch (error) {
    throw refuse(
      reasonOf(error, audience, issuer),
      error instanceof jwt.TokenExpiredError ? 'TOKEN_EXPIRED' : undefined,
    );
  }
}

function toCaller(claims: string | jwt.JwtPayload): Caller {
  if (typeof claims === 'string' || typeof claims.sub !== 'string')
    throw new Error('expected a subject (sub)');
  return {
    viewer: {
      kind: 'user',
      id: claims.sub,
      roles: Array.isArray(claims.roles) ? claims.roles.map(String) : [],
      scopes: typeof claims.scope === 'string' ? claims.scope.split(' ') : [],
      sessionId: typeof claims.sid === 'string' ? claims.sid : null,
    },
    clientId: typeof claims.client_id === 'string' ? claims.client_id : null,
    expiresAt: claims.exp === undefined ? null : new Date(claims.exp * 1_000),
  };
}

function reasonOf(error: unknown, audience: string, issuer: string): string {
  if (error instanceof jwt.TokenExpiredError) return 'it has expired; refresh the session';
  if (error instanceof jwt.NotBeforeError) return 'it is not valid yet';
  if (!(error instanceof Error)) return 'it could not be read';
  if (error.message.startsWith('jwt audience')) return `expected one made for ${audience}`;
  if (error.message.startsWith('jwt issuer')) return `expected one made by ${issuer}`;
  if (error.message === 'invalid signature') return 'its signature is wrong';
  return error.message;
}

function refuse(reason: string, code = 'INVALID_TOKEN'): Failure {
  return new Failure('unauthenticated', `The access token was refused: ${reason}`, { code });
}

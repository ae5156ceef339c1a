import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Role } from '../users/roles.ts';
import { scopeOf } from './scopes.ts';

/** A key that signs. */
export interface Signer {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

export interface AccessTokenClaims {
  readonly issuer: string;
  readonly audience: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly roles: readonly Role[];
  /** Tells this token from all others. */
  readonly tokenId: string;
  readonly issuedAt: Date;
  readonly validForSeconds: number;
}

/** A JWT (RFC 7519) signed with ES256; the claims `sid`, `roles` and `scope` say for which session and with which rights. */
export function signAccessToken(signer: Signer, claims: AccessTokenClaims): string {
  const payload = {
    iat: Math.floor(claims.issuedAt.getTime() / 1000),
    sid: claims.sessionId,
    roles: claims.roles,
    scope: scopeOf(claims.roles),
  };
  return jwt.sign(payload, signer.privateKey, {
    algorithm: 'ES256',
    keyid: signer.kid,
    issuer: claims.issuer,
    audience: claims.audience,
    subject: claims.userId,
    jwtid: claims.tokenId,
    expiresIn: claims.validForSeconds,
  });
}

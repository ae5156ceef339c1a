import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import jwt from 'jsonwebtoken';

/** A maker of access tokens like accounts', with keys of its own. */
export interface TokenMaker {
  /** The published keys. */
  readonly keySet: { keys: object[] };
  readonly privateKey: KeyObject;
  readonly keyId: string;
  token(claims?: object, options?: jwt.SignOptions): string;
}

export function tokenMaker(): TokenMaker {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = randomUUID();
  return {
    keyId,
    privateKey,
    keySet: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'ES256' }] },
    token: (claims = {}, options = {}) =>
      jwt.sign({ sub: 'u-1', sid: 's-1', roles: ['CUSTOMER'], scope: 'shop', ...claims }, privateKey, {
        algorithm: 'ES256',
        keyid: keyId,
        issuer: 'http://localhost:4000',
        audience: 'stoa',
        expiresIn: 60,
        ...options,
      }),
  };
}

import { generateKeyPairSync } from 'node:crypto';

/** A public key as the key list shows it (RFC 7517, RFC 7518 section 6.2). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

export interface KeyPair {
  /** PKCS #8 PEM. */
  readonly privateKey: string;
  readonly publicJwk: PublicJwk;
}

/** A new key pair for ES256 (ECDSA on P-256 with SHA-256). */
export function createKeyPair(kid: string): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  if (x === undefined || y === undefined) throw new TypeError('Expected a key on a curve');
  return {
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    publicJwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' },
  };
}

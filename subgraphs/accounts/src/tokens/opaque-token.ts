import { createHash, randomBytes } from 'node:crypto';

/** A token that means nothing and cannot be guessed: 256 random bits in base64url. */
export function newOpaqueToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is kept in place of a token: SHA-256 in base64url. A plain digest is enough, as there is
 * nothing to guess in 256 random bits; and it can be looked up.
 */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

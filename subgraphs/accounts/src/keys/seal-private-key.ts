import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const algorithm = 'aes-256-gcm';
/** Of GCM's nonce and tag (NIST SP 800-38D). */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a private key for the database (AES-256-GCM), so that a copy of the database signs nothing.
 * @param kid is bound to the ciphertext: a key cannot be passed off as another
 */
export function sealPrivateKey(privateKey: string, kid: string, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(secret), nonce).setAAD(Buffer.from(kid));
  const sealed = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The private key that was sealed; null when it was sealed with another secret, for another kid, or has been changed. */
export function openPrivateKey(sealed: string, kid: string, secret: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv(algorithm, keyOf(secret), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(kid))
    .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // Node tells a wrong tag by an error without a code of its own.
    return null;
  }
}

/** The secret is long and random, so that a fast derivation is enough (RFC 5869). */
function keyOf(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'stoa accounts: signing keys at rest', 32));
}

import { createHash } from 'node:crypto';
import { invalidInput, type RefusalOf } from '../refusal.ts';

const longestKey = 200;

/** Null for a key that can be kept. */
export function refusalOfKey(idempotencyKey: string): RefusalOf<'invalid-input'> | null {
  return idempotencyKey.length >= 1 && idempotencyKey.length <= longestKey
    ? null
    : invalidInput('input.idempotencyKey', `1 to ${longestKey} characters`, idempotencyKey);
}

/** What a request says, in short: the same key has to come with the same. */
export function fingerprintOf(request: object): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url');
}

/**
 * Whether something was done under this key before.
 * @returns null when it was not
 */
export function knownUnderKey(
  known: { readonly fingerprint: string } | null,
  request: object,
): 'done' | RefusalOf<'idempotency-key-reused'> | null {
  if (known === null) return null;
  return known.fingerprint === fingerprintOf(request) ? 'done' : { refused: 'idempotency-key-reused' };
}

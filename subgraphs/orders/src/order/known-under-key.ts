import { hashOf } from '../hash-of.ts';
import type { RefusalOf } from '../refusal.ts';

/**
 * Whether something was done under this key before.
 * @param known what was, with the hash of the request that asked for it
 * @returns null when it was not
 */
export function knownUnderKey(
  known: { readonly fingerprint: string } | null,
  request: object,
): 'done' | RefusalOf<'idempotency-key-reused'> | null {
  if (known === null) return null;
  return known.fingerprint === hashOf(request) ? 'done' : { refused: 'idempotency-key-reused' };
}

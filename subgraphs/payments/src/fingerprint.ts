import { createHash } from 'node:crypto';

/** A digest of a request's input, to tell whether an idempotency key comes back with the same input. Reveals nothing of it. */
export function fingerprint(...input: readonly (string | number | boolean | null)[]): string {
  return createHash('sha256').update(JSON.stringify(input)).digest('base64url');
}

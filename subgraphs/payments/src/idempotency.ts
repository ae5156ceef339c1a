import { Failure } from '@stoa/errors';

const maximumLength = 255;

/** What is wrong with an idempotency key; null when it will do. */
export function idempotencyKeyFault(key: string): string | null {
  if (key.length >= 1 && key.length <= maximumLength) return null;
  return `Expected an idempotency key of 1 to ${maximumLength} characters, found ${key.length}`;
}

export const idempotencyKeyReused =
  'This idempotency key was used before with other input: choose a new one, or repeat the request as it was';

export function idempotencyKeyReusedFailure(): Failure {
  return new Failure('conflict', idempotencyKeyReused, { code: 'IDEMPOTENCY_KEY_REUSED' });
}

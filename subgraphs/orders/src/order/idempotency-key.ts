import { invalidInput, type RefusalOf } from '../refusal.ts';

const longestKey = 200;

/** Null for a key that can be kept. */
export function refusalOfKey(idempotencyKey: string): RefusalOf<'invalid-input'> | null {
  return idempotencyKey.length >= 1 && idempotencyKey.length <= longestKey
    ? null
    : invalidInput('input.idempotencyKey', `1 to ${longestKey} characters`, idempotencyKey);
}

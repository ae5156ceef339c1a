import { Failure } from '@stoa/errors';

/**
 * An int64 of a message as an amount in minor units.
 * @throws {Failure} bad-input beyond 2^53 - 1
 */
export function readAmount(value: bigint): number {
  const amount = Number(value);
  if (Number.isSafeInteger(amount)) return amount;
  throw new Failure('bad-input', `Expected an amount of at most ${Number.MAX_SAFE_INTEGER}, found ${value}`);
}

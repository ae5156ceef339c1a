import { isId } from '@stoa/clock';

/** An argument of the right type with a wrong value. */
export interface InvalidInput {
  readonly kind: 'invalid-input';
  /** The path of the argument, for example `input.code`. */
  readonly field: string;
  /** What was expected and what was found. */
  readonly message: string;
}

/** Says that `field` was expected to be something else. */
export function invalidInput(field: string, expected: string, found: unknown): InvalidInput {
  return { kind: 'invalid-input', field, message: `Expected ${expected}, found ${JSON.stringify(found)}` };
}

/** The first check that failed, in the order given; null when none did. */
export function firstInvalid(...checks: readonly (InvalidInput | null)[]): InvalidInput | null {
  return checks.find((check) => check !== null) ?? null;
}

export function checkCode(field: string, code: string): InvalidInput | null {
  const isCode = /^[a-z0-9][a-z0-9-]{0,39}$/.test(code);
  return isCode ? null : invalidInput(field, '1 to 40 small letters, digits and dashes', code);
}

export function checkName(field: string, name: string): InvalidInput | null {
  const isName = name.trim().length > 0 && name.length <= 200;
  return isName ? null : invalidInput(field, 'a text of 1 to 200 characters', name);
}

export function checkVariantId(field: string, variantId: string): InvalidInput | null {
  return isId(variantId) ? null : invalidInput(field, 'the id of a ProductVariant', variantId);
}

/** `minimum` and `maximum` belong to the range. */
export function checkRange(
  field: string,
  value: number,
  minimum: number,
  maximum: number,
): InvalidInput | null {
  const isWithin = value >= minimum && value <= maximum;
  return isWithin ? null : invalidInput(field, `a number from ${minimum} to ${maximum}`, value);
}

/** Ten billion units of most currencies: sums of prices stay far below what an integer of 53 bits holds. */
const maximumAmount = 10 ** 12;

/** For an amount in minor units. */
export function checkAmount(field: string, amount: number, minimum: 0 | 1): InvalidInput | null {
  return checkRange(field, amount, minimum, maximumAmount);
}

import { Failure } from '@stoa/errors';

/** An amount in the currency's minor units (cents), an integer; `currency` is an ISO 4217 code. 12.34 EUR is { amount: 1234, currency: 'EUR' }. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

/** The same sum before and after tax: gross is net plus tax, always. */
export interface TaxedMoney {
  readonly net: Money;
  readonly tax: Money;
  readonly gross: Money;
}

/**
 * Makes Money.
 * @throws {Failure} bad-input for an amount that is not a safe integer or a currency that is not three capital letters
 */
export function money(amount: number, currency: string): Money {
  if (!Number.isSafeInteger(amount)) {
    throw new Failure('bad-input', `Expected an amount in whole minor units, found ${amount}`);
  }
  if (!isCurrencyCode(currency)) {
    throw new Failure(
      'bad-input',
      `Expected an ISO 4217 currency code such as EUR, found ${JSON.stringify(currency)}`,
    );
  }
  return { amount, currency };
}

export function isCurrencyCode(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** @throws {Failure} bad-input when the currencies differ: sums are never converted silently */
export function add(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.amount + b.amount, a.currency);
}

/** @throws {Failure} bad-input when the currencies differ */
export function subtract(a: Money, b: Money): Money {
  assertSameCurrency(a, b);
  return money(a.amount - b.amount, a.currency);
}

/** `quantity` is a whole number. */
export function multiply(a: Money, quantity: number): Money {
  return money(a.amount * quantity, a.currency);
}

export function sum(currency: string, parts: Iterable<Money>): Money {
  let total = money(0, currency);
  for (const part of parts) total = add(total, part);
  return total;
}

function assertSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new Failure('bad-input', `Cannot combine ${a.currency} with ${b.currency}`);
  }
}

/**
 * Multiplies by numerator/denominator and rounds half up (half away from zero), in integers alone.
 * This is the one rounding rule of Stoa; BigInt keeps the product exact.
 */
export function scaleHalfUp(amount: number, numerator: number, denominator: number): number {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const magnitude = product < 0n ? -product : product;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return Number(product < 0n ? -rounded : rounded);
}

/**
 * Splits `amount` in proportion to `weights` so that the parts add up to it exactly
 * (largest remainder; ties go to the earlier part).
 */
export function allocate(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((left, right) => left + BigInt(right), 0n);
  if (total === 0n) return weights.map(() => 0);
  const whole = BigInt(amount);
  const parts = weights.map((weight, index) => {
    const product = whole * BigInt(weight);
    return { index, share: product / total, remainder: product % total };
  });
  let left = whole - parts.reduce((assigned, part) => assigned + part.share, 0n);
  const byRemainder = [...parts].sort((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const part of byRemainder) {
    if (left <= 0n) break;
    part.share += 1n;
    left -= 1n;
  }
  return parts.map((part) => Number(part.share));
}

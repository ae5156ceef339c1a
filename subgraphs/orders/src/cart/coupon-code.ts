import { invalidInput, type RefusalOf } from '../refusal.ts';

const maximumLength = 64;

/** The one form of a coupon code, whichever way the buyer typed it. */
export function normalizeCouponCode(code: string): string {
  return code.trim().toUpperCase();
}

/** Checks the form of a normalized code; whether there is such a coupon, pricing says. */
export function refusalOfCouponCode(code: string): RefusalOf<'invalid-input'> | null {
  if (code.length >= 1 && code.length <= maximumLength) return null;
  return invalidInput('input.code', `a coupon code of 1 to ${maximumLength} characters`, code.slice(0, 100));
}

/**
 * Stripe counts in a currency's smallest unit as ISO 4217 has it, save for these (docs.stripe.com/currencies): ISK and UGX
 * are written with two decimals that have to be zeros, MGA without the decimals that ISO gives it, and the last of three
 * decimals has to be a zero.
 */
const twoZerosMore = new Set(['ISK', 'UGX']);
const twoDecimalsLess = new Set(['MGA']);
const threeDecimals = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** @returns the amount as Stripe writes it; null for one that Stripe cannot move */
export function toStripeAmount(amount: number, currency: string): number | null {
  if (twoZerosMore.has(currency)) return Number.isSafeInteger(amount * 100) ? amount * 100 : null;
  if (twoDecimalsLess.has(currency)) return amount % 100 === 0 ? amount / 100 : null;
  if (threeDecimals.has(currency)) return amount % 10 === 0 ? amount : null;
  return amount;
}

/** An amount of Stripe's in minor units of ISO 4217. `currency` as Stripe writes it, in small letters. */
export function fromStripeAmount(amount: number, currency: string): number {
  const code = currency.toUpperCase();
  if (twoZerosMore.has(code)) return amount / 100;
  return twoDecimalsLess.has(code) ? amount * 100 : amount;
}

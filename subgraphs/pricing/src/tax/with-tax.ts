import { scaleHalfUp } from '@stoa/money';

/** An amount before and after tax, in minor units: gross is net plus tax, always. */
export interface TaxedAmount {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

/** 100 %. */
const wholeBasisPoints = 10_000;

/**
 * Tells the tax of an amount, rounded once, half up. This is the one place where tax is reckoned:
 * of a unit for the price shown, of a line's total for what is paid ("rounds per line").
 *
 * - tax included: the amount is gross and stays so, tax = gross × rate / (1 + rate), net is the rest
 * - tax not included: the amount is net, tax = net × rate, gross is the sum
 *
 * So a list with tax included costs the buyer the same wherever the goods go; the rate of the
 * destination says only which part of it is tax.
 * @param amount in minor units
 * @param rateBasisPoints of the net amount: 1900 is 19 %
 */
export function withTax(amount: number, rateBasisPoints: number, isTaxIncluded: boolean): TaxedAmount {
  if (isTaxIncluded) {
    const tax = scaleHalfUp(amount, rateBasisPoints, wholeBasisPoints + rateBasisPoints);
    return { net: amount - tax, tax, gross: amount };
  }
  const tax = scaleHalfUp(amount, rateBasisPoints, wholeBasisPoints);
  return { net: amount, tax, gross: amount + tax };
}

/** Adds up amounts, part by part, so that the total's tax is the sum of the lines' taxes. */
export function sumTaxed(amounts: readonly TaxedAmount[]): TaxedAmount {
  const total = { net: 0, tax: 0, gross: 0 };
  for (const { net, tax, gross } of amounts) {
    total.net += net;
    total.tax += tax;
    total.gross += gross;
  }
  return total;
}

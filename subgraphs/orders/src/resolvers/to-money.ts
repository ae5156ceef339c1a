import { money, type TaxedMoney } from '@stoa/money';
import type { TaxedAmount } from '../pricing/quote.ts';

/** Amounts with their currency. */
export function toTaxedMoney({ net, tax, gross }: TaxedAmount, currency: string): TaxedMoney {
  return { net: money(net, currency), tax: money(tax, currency), gross: money(gross, currency) };
}

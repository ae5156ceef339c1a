import type { TaxTable } from '../tax/tax-table.ts';
import { rateOf } from '../tax/tax-table.ts';
import { type TaxedAmount, withTax } from '../tax/with-tax.ts';
import type { ListedPrice } from './find-listed-prices.ts';

/**
 * What one unit costs where the taxes of the table apply. The price that a buyer is shown and the
 * unit price of a quote are both this.
 */
export function taxedPrice(listed: ListedPrice, taxes: TaxTable): TaxedAmount {
  return withTax(listed.amount, rateOf(taxes, listed.taxCategoryId), listed.isTaxIncluded);
}

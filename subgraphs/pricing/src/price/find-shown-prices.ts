import type { Loader } from '@stoa/database';
import type { TaxedMoney } from '@stoa/money';
import type { TaxTable } from '../tax/tax-table.ts';
import type { ListedPrice } from './find-listed-prices.ts';
import { taxedPrice } from './taxed-price.ts';

/** The price of one unit of a variant as a buyer is shown it. */
export interface ShownPrice extends TaxedMoney {
  readonly variantId: string;
}

/** Reads the prices of the variants in a currency; what has no price is left out. */
export type FindListedPrices = (
  variantIds: readonly string[],
  currency: string,
) => Promise<readonly ListedPrice[]>;

/**
 * Reads what the variants cost in a currency; what has no price is left out.
 * @param country null for the price list's own
 * @param taxes by country
 */
export async function findShownPrices(
  findListed: FindListedPrices,
  variantIds: readonly string[],
  currency: string,
  country: string | null,
  taxes: Loader<string, { readonly table: TaxTable } | null>,
): Promise<readonly ShownPrice[]> {
  const listed = await findListed(variantIds, currency);
  const countries = new Set(listed.map((price) => country ?? price.country));
  const tables = new Map<string, TaxTable>();
  for (const taxed of countries) {
    const found = await taxes.load(taxed);
    if (found !== null) tables.set(taxed, found.table);
  }
  return listed.flatMap((price) => {
    const table = tables.get(country ?? price.country);
    if (table === undefined) return [];
    const { net, tax, gross } = taxedPrice(price, table);
    return {
      variantId: price.variantId,
      net: { amount: net, currency },
      tax: { amount: tax, currency },
      gross: { amount: gross, currency },
    };
  });
}

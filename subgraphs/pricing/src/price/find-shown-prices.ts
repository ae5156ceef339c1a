import type { EntityManager } from '@stoa/database';
import type { TaxedMoney } from '@stoa/money';
import type { TaxTable } from '../tax/tax-table.ts';
import { findListedPrices } from './find-listed-prices.ts';
import { taxedPrice } from './taxed-price.ts';

/** The price of one unit of a variant as a buyer is shown it. */
export interface ShownPrice extends TaxedMoney {
  readonly variantId: string;
}

/**
 * Reads what the variants cost in a currency, with one query for the prices and one for the taxes of each country that
 * was not asked for before; what has no price is left out.
 * @param country null for the price list's own
 */
export async function findShownPrices(
  em: EntityManager,
  variantIds: readonly string[],
  currency: string,
  country: string | null,
  taxTable: (country: string) => Promise<TaxTable>,
): Promise<readonly ShownPrice[]> {
  const listed = await findListedPrices(em, variantIds, currency);
  const countries = new Set(listed.map((price) => country ?? price.country));
  const tables = new Map<string, TaxTable>();
  for (const taxed of countries) tables.set(taxed, await taxTable(taxed));
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

import type { EntityManager } from '@stoa/database';
import type { TaxedMoney } from '@stoa/money';
import type { Context } from '../context.ts';
import type { TaxTable } from '../tax/tax-table.ts';
import { findListedPrices } from './find-listed-prices.ts';
import { taxedPrice } from './taxed-price.ts';

/** Where a buyer looks at a price from. Null or left out: the request's currency, the price list's country. */
export interface PricePoint {
  readonly currency?: string | null;
  readonly country?: string | null;
}

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

/** The price of a variant as the buyer is shown it, null when it has none in the currency. */
export function loadPrice(
  variantId: string,
  { currency, country }: PricePoint,
  { call, reads }: Context,
): Promise<TaxedMoney | null> {
  return reads.shownPrices(currency ?? call.currency, country ?? null).load(variantId);
}

import { type Loader, loadBy } from '@stoa/database';
import type { Money, TaxedMoney } from '@stoa/money';
import type { TaxTable } from '../tax/tax-table.ts';
import type { TaxedAmount } from '../tax/with-tax.ts';
import type { ListedPrice } from './find-listed-prices.ts';
import { taxedPrice } from './taxed-price.ts';

/** Reads the prices of the variants in a currency, by variant; what has no price is left out. */
export type FindListedPrices = (
  variantIds: readonly string[],
  currency: string,
) => Promise<ReadonlyMap<string, readonly ListedPrice[]>>;

/** The price of one unit of a variant as a buyer is shown it. A list shows hundreds, and one part of each: the others are not made. */
class ShownPrice implements TaxedMoney {
  readonly #amounts: TaxedAmount;
  readonly #currency: string;

  constructor(amounts: TaxedAmount, currency: string) {
    this.#amounts = amounts;
    this.#currency = currency;
  }

  get net(): Money {
    return { amount: this.#amounts.net, currency: this.#currency };
  }

  get tax(): Money {
    return { amount: this.#amounts.tax, currency: this.#currency };
  }

  get gross(): Money {
    return { amount: this.#amounts.gross, currency: this.#currency };
  }
}

/**
 * Loads what variants cost in a currency; null for what has no price, or no taxes to tell it by.
 * @param country null for the price list's own
 * @param taxes by country
 */
export function shownPrices(
  findListed: FindListedPrices,
  currency: string,
  country: string | null,
  taxes: Loader<string, { readonly table: TaxTable } | null>,
): Loader<string, TaxedMoney | null> {
  const tables = new Map<string, TaxTable | null>();
  const countryOf = (price: ListedPrice) => country ?? price.country;
  const find = async (variantIds: readonly string[]) => {
    const listed = await findListed(variantIds, currency);
    for (const variantId of variantIds) {
      const price = listed.get(variantId)?.[0];
      if (price === undefined || tables.has(countryOf(price))) continue;
      tables.set(countryOf(price), (await taxes.load(countryOf(price)))?.table ?? null);
    }
    return listed;
  };
  // One at most: there is one list a currency.
  const shown = (listed: readonly ListedPrice[] | undefined) => {
    const price = listed?.[0];
    const table = price && tables.get(countryOf(price));
    return table ? new ShownPrice(taxedPrice(price, table), currency) : null;
  };
  return loadBy(find, shown);
}

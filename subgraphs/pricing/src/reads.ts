import {
  type EntityManager,
  type Gathered,
  gathered,
  type Loader,
  lazily,
  loadMany,
  loadOne,
} from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { TaxedMoney } from '@stoa/money';
import { findListedPrices } from './price/find-listed-prices.ts';
import { findPrices, type PriceRecord } from './price/find-prices.ts';
import { type FindListedPrices, shownPrices } from './price/shown-prices.ts';
import { findPriceLists, type PriceListRecord } from './price-list/find-price-lists.ts';
import { findPromotions } from './promotion/find-promotions.ts';
import type { PromotionRecord } from './promotion/promotion.ts';
import {
  type CategorisedVariant,
  findTaxCategories,
  findTaxRates,
  findVariantTaxCategories,
  type TaxCategoryRecord,
  type TaxRateRecord,
} from './tax/find-tax-categories.ts';
import { findTaxTable, type TaxTable } from './tax/tax-table.ts';

/** What a request reads, each thing once: what it asks for at one time is one query a kind. */
export interface Reads {
  /** By variant, for one currency and country (null for the price list's own): what buyers see. */
  shownPrices(currency: string, country: string | null): Loader<string, TaxedMoney | null>;
  readonly priceLists: Loader<string, PriceListRecord | null>;
  /** By variant, for one price list: what staff see. */
  prices(priceListId: string): Loader<string, PriceRecord | null>;
  readonly taxCategories: Loader<string, TaxCategoryRecord | null>;
  /** By tax category. */
  readonly taxRates: Loader<string, readonly TaxRateRecord[]>;
  /** By variant. */
  readonly variantTaxCategories: Loader<string, CategorisedVariant | null>;
  readonly promotions: Loader<string, PromotionRecord | null>;
}

/**
 * Makes the reads of requests.
 * @param em in no transaction: what buyers are shown is read for several requests together
 */
export function newReads(em: EntityManager): () => Reads {
  const findListed = listedTogether(em);
  const taxTables = gathered(
    (countries) => Promise.all(countries.map((country) => taxesOf(em, country))),
    ({ country }) => country,
  );
  return () => createReads({ em, findListed, taxTables });
}

interface CountryTaxes {
  readonly country: string;
  readonly table: TaxTable;
}

async function taxesOf(em: EntityManager, country: string): Promise<CountryTaxes> {
  return { country, table: await findTaxTable(em, country) };
}

/** The prices of requests in one currency are one query. */
function listedTogether(em: EntityManager): FindListedPrices {
  const inCurrency = once((currency: string) =>
    gathered(
      (variantIds) => findListedPrices(em, variantIds, currency),
      ({ variantId }) => variantId,
    ),
  );
  return (variantIds, currency) => inCurrency(currency).find(variantIds);
}

interface Source {
  readonly em: EntityManager;
  readonly findListed: FindListedPrices;
  readonly taxTables: Gathered<string, CountryTaxes>;
}

const idOf = ({ id }: { id: string }) => id;
const variantIdOf = ({ variantId }: { variantId: string }) => variantId;

const createReads = lazily<Source, Reads>({
  shownPrices({ findListed, taxTables }) {
    const taxes = taxTables.one();
    const shown = once((currency: string) =>
      once((country: string | null) => shownPrices(findListed, currency, country, taxes)),
    );
    return (currency, country) => shown(currency)(country);
  },
  priceLists: ({ em }) => loadOne((ids) => findPriceLists(em, { id: ids }), idOf),
  prices: ({ em }) =>
    once((priceListId: string) =>
      loadOne((variantIds) => findPrices(em, priceListId, variantIds), variantIdOf),
    ),
  taxCategories: ({ em }) => loadOne((ids) => findTaxCategories(em, { id: ids }), idOf),
  taxRates: ({ em }) =>
    loadMany(
      (taxCategoryIds) => findTaxRates(em, taxCategoryIds),
      ({ taxCategoryId }) => taxCategoryId,
    ),
  variantTaxCategories: ({ em }) =>
    loadOne((variantIds) => findVariantTaxCategories(em, variantIds), variantIdOf),
  promotions: ({ em }) => loadOne((ids) => findPromotions(em, (all) => all.whereIn('id', [...ids])), idOf),
});

/** Makes what belongs to a key at its first use, and gives the same at each later one. */
function once<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/**
 * What must be there, since a change that named it was just committed.
 * @throws {Failure} internal when it is not
 */
export function existing<Value>(value: Value | null, what: string, id: string): Value {
  if (value !== null) return value;
  throw new Failure('internal', `Expected the ${what} ${id} to be there`);
}

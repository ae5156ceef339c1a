import { type EntityManager, readBoolean, readInteger, rowsOf } from '@stoa/database';

/** What one unit of a variant costs before promotions, with what is needed to tell its tax. */
export interface ListedPrice {
  readonly variantId: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Minor units; gross or net as the list is. */
  readonly amount: number;
  readonly isTaxIncluded: boolean;
  /** The list's own country. */
  readonly country: string;
  /** Null for a variant that was given none. */
  readonly taxCategoryId: string | null;
}

interface RawListedPrice extends Pick<ListedPrice, 'variantId' | 'country' | 'taxCategoryId'> {
  readonly amount: unknown;
  readonly isTaxIncluded: unknown;
}

/** Reads the prices of the variants in a currency with one query; what has no price is left out. */
export async function findListedPrices(
  em: EntityManager,
  variantIds: readonly string[],
  currency: string,
): Promise<readonly ListedPrice[]> {
  const rows = await rowsOf(em).all<RawListedPrice>(
    `select price.variant_id as "variantId", price.amount, price_list.is_tax_included as "isTaxIncluded", price_list.country,
       variant_tax_category.tax_category_id as "taxCategoryId"
     from price
     join price_list on price_list.id = price.price_list_id
     left join variant_tax_category on variant_tax_category.variant_id = price.variant_id
     where price.variant_id = any(?) and price_list.currency = ?`,
    [variantIds, currency],
  );
  return rows.map(({ variantId, amount, isTaxIncluded, country, taxCategoryId }) => ({
    variantId,
    amount: readInteger(amount),
    currency,
    isTaxIncluded: readBoolean(isTaxIncluded),
    country,
    taxCategoryId,
  }));
}

import { type EntityManager, readBoolean, readInteger } from '@stoa/database';

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

/** Reads the prices of the variants in a currency with one query; what has no price is left out. */
export async function findListedPrices(
  em: EntityManager,
  variantIds: readonly string[],
  currency: string,
): Promise<readonly ListedPrice[]> {
  const rows: Record<string, unknown>[] = await em
    .getKnex()('price')
    .join('price_list', 'price_list.id', 'price.price_list_id')
    .leftJoin('variant_tax_category', 'variant_tax_category.variant_id', 'price.variant_id')
    .whereIn('price.variant_id', [...variantIds])
    .where('price_list.currency', currency)
    .select(
      'price.variant_id',
      'price.amount',
      'price_list.currency',
      'price_list.is_tax_included',
      'price_list.country',
      'variant_tax_category.tax_category_id',
    );
  return rows.map((row) => ({
    variantId: String(row.variant_id),
    amount: readInteger(row.amount),
    currency: String(row.currency),
    isTaxIncluded: readBoolean(row.is_tax_included),
    country: String(row.country),
    taxCategoryId: row.tax_category_id === null ? null : String(row.tax_category_id),
  }));
}

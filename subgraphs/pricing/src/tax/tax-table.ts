import { type EntityManager, readInteger, rowsOf } from '@stoa/database';

/** What one country takes, by tax category. */
export interface TaxTable {
  /** The category of a variant that was given none; null in a shop that has no `standard` category. */
  readonly standardCategoryId: string | null;
  /** Basis points by category id. */
  readonly rates: ReadonlyMap<string, number>;
}

/** The code of the category of variants that were given none. */
export const standardCategoryCode = 'standard';

/**
 * The rate, in basis points, of goods of a category.
 * @param taxCategoryId null for goods that were given none, which are standard
 * @returns 0 for a category that the country has no rate for
 */
export function rateOf({ rates, standardCategoryId }: TaxTable, taxCategoryId: string | null): number {
  const id = taxCategoryId ?? standardCategoryId;
  return id === null ? 0 : (rates.get(id) ?? 0);
}

/** Reads the table of a country with one query; it is empty for a country without any rate. */
export async function findTaxTable(em: EntityManager, country: string): Promise<TaxTable> {
  const rows = await rowsOf(em).all<{ id: string; code: string; basisPoints: unknown }>(
    `select tax_category.id, tax_category.code, tax_rate.basis_points as "basisPoints"
     from tax_category
     left join tax_rate on tax_rate.tax_category_id = tax_category.id and tax_rate.country = ?`,
    [country],
  );
  const standard = rows.find(({ code }) => code === standardCategoryCode);
  return {
    standardCategoryId: standard?.id ?? null,
    rates: new Map(
      rows
        .filter(({ basisPoints }) => basisPoints !== null)
        .map(({ id, basisPoints }) => [id, readInteger(basisPoints)]),
    ),
  };
}

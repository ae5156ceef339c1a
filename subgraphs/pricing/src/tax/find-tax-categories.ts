import { type EntityManager, type Knex, readInteger } from '@stoa/database';
import { standardCategoryCode } from './tax-table.ts';

/** A tax category as it is read; its rates are read apart. */
export interface TaxCategoryRecord {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export interface TaxRateRecord {
  readonly taxCategoryId: string;
  readonly country: string;
  readonly basisPoints: number;
}

/** Reads the tax categories that `narrow` leaves of all, by code. */
export async function findTaxCategories(
  em: EntityManager,
  narrow: (categories: Knex.QueryBuilder) => Knex.QueryBuilder = (categories) => categories,
): Promise<readonly TaxCategoryRecord[]> {
  const categories = em.getKnex()('tax_category').select('id', 'code', 'name').orderBy('code');
  const rows: Record<string, unknown>[] = await narrow(categories);
  return rows.map(toRecord);
}

/** Reads the rates of the categories, by country. */
export async function findTaxRates(
  em: EntityManager,
  taxCategoryIds: readonly string[],
): Promise<readonly TaxRateRecord[]> {
  const rows: Record<string, unknown>[] = await em
    .getKnex()('tax_rate')
    .whereIn('tax_category_id', [...taxCategoryIds])
    .select('tax_category_id', 'country', 'basis_points')
    .orderBy('country');
  return rows.map((row) => ({
    taxCategoryId: String(row.tax_category_id),
    country: String(row.country),
    basisPoints: readInteger(row.basis_points),
  }));
}

/** A variant with its category: the one it was given, else the standard one. */
export interface CategorisedVariant {
  readonly variantId: string;
  readonly taxCategory: TaxCategoryRecord;
}

/** Reads the categories of the variants with two queries; none only in a shop that has no standard category. */
export async function findVariantTaxCategories(
  em: EntityManager,
  variantIds: readonly string[],
): Promise<readonly CategorisedVariant[]> {
  const rows: Record<string, unknown>[] = await em
    .getKnex()('variant_tax_category')
    .join('tax_category', 'tax_category.id', 'variant_tax_category.tax_category_id')
    .whereIn('variant_id', [...variantIds])
    .select('variant_id', 'tax_category.id', 'tax_category.code', 'tax_category.name');
  const given = new Map(rows.map((row) => [String(row.variant_id), toRecord(row)]));
  const [standard] = await findTaxCategories(em, (all) => all.where('code', standardCategoryCode));
  return variantIds.flatMap((variantId) => {
    const taxCategory = given.get(variantId) ?? standard;
    return taxCategory === undefined ? [] : [{ variantId, taxCategory }];
  });
}

function toRecord(row: Record<string, unknown>): TaxCategoryRecord {
  return { id: String(row.id), code: String(row.code), name: String(row.name) };
}

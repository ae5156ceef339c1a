import type { InferEntity } from '@mikro-orm/core';
import { type EntityManager, readInteger, rowsOf, type Where } from '@stoa/database';
import { TaxCategory } from './tax-category.entity.ts';
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

/** Reads tax categories, all of them unless told which, by code. */
export function findTaxCategories(
  em: EntityManager,
  which: Where<InferEntity<typeof TaxCategory>> = {},
): Promise<readonly TaxCategoryRecord[]> {
  return rowsOf(em).find(TaxCategory, which, { orderBy: { code: 'asc' } });
}

/** Reads the rates of the categories, by country. */
export async function findTaxRates(
  em: EntityManager,
  taxCategoryIds: readonly string[],
): Promise<readonly TaxRateRecord[]> {
  const rows = await rowsOf(em).all(
    `select tax_category_id, country, basis_points from tax_rate
     where tax_category_id = any(?) order by country`,
    [taxCategoryIds],
  );
  return rows.map((row) => ({
    taxCategoryId: String(row['tax_category_id']),
    country: String(row['country']),
    basisPoints: readInteger(row['basis_points']),
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
  const rows = await rowsOf(em).all(
    `select variant_tax_category.variant_id, tax_category.id, tax_category.code, tax_category.name
     from variant_tax_category
     join tax_category on tax_category.id = variant_tax_category.tax_category_id
     where variant_tax_category.variant_id = any(?)`,
    [variantIds],
  );
  const given = new Map(rows.map((row) => [String(row['variant_id']), toRecord(row)]));
  const [standard] = await findTaxCategories(em, { code: standardCategoryCode });
  return variantIds.flatMap((variantId) => {
    const taxCategory = given.get(variantId) ?? standard;
    return taxCategory === undefined ? [] : [{ variantId, taxCategory }];
  });
}

function toRecord(row: Record<string, unknown>): TaxCategoryRecord {
  return { id: String(row['id']), code: String(row['code']), name: String(row['name']) };
}

import { isId } from '@stoa/clock';
import type { Knex } from '@stoa/database';
import type { Audience } from '../audience.ts';
import { isSku } from '../input/forms.ts';
import { type RawNamed, readNamed } from '../locale/named-rows.ts';
import type { NameTranslations } from '../locale/translated.ts';

/** A variant as its lists read it. */
export interface VariantRow {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  /** Null for a variant that is named by its option values. */
  readonly name: string | null;
  readonly nameTranslations: NameTranslations;
  readonly weightGrams: number | null;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly version: number;
}

const variantColumns = {
  id: 'variant.id',
  productId: 'variant.product_id',
  sku: 'variant.sku',
  name: 'variant.name',
  nameTranslations: 'variant.name_translations',
  weightGrams: 'variant.weight_grams',
  state: 'variant.state',
  version: 'variant.version',
};

/** The variants with these ids or skus that the audience may see, in no order. */
export async function findVariants(
  knex: Knex,
  audience: Audience,
  column: 'id' | 'sku',
  keys: readonly string[],
): Promise<VariantRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSku);
  if (known.length === 0) return [];
  const query = knex('variant').select(variantColumns).whereIn(`variant.${column}`, known);
  // A variant of an archived product is as hidden as the product.
  if (audience === 'buyers') {
    query
      .join('product', 'product.id', 'variant.product_id')
      .where({ 'variant.state': 'ACTIVE', 'product.state': 'ACTIVE' });
  }
  const rows: RawNamed<VariantRow>[] = await query;
  return rows.map(readNamed);
}

/** The variants of products that the audience may see, in order. */
export async function findVariantsOf(
  knex: Knex,
  audience: Audience,
  productIds: readonly string[],
): Promise<VariantRow[]> {
  const query = knex('variant')
    .select(variantColumns)
    .whereIn('product_id', productIds)
    .orderBy(['position', 'id']);
  if (audience === 'buyers') query.where('state', 'ACTIVE');
  const rows: RawNamed<VariantRow>[] = await query;
  return rows.map(readNamed);
}

/** The value of an option that a variant has. */
export interface ChosenValueRow {
  readonly variantId: string;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameTranslations: NameTranslations;
}

/** The option values of variants, in the order of the options. */
export async function findChosenValues(knex: Knex, variantIds: readonly string[]): Promise<ChosenValueRow[]> {
  const rows: RawNamed<ChosenValueRow>[] = await knex('variant_option_value')
    .join('option_value', 'option_value.id', 'variant_option_value.option_value_id')
    .join('product_option', 'product_option.id', 'variant_option_value.option_id')
    .select({
      variantId: 'variant_option_value.variant_id',
      id: 'option_value.id',
      code: 'option_value.code',
      name: 'option_value.name',
      nameTranslations: 'option_value.name_translations',
    })
    .whereIn('variant_option_value.variant_id', variantIds)
    .orderBy('product_option.position');
  return rows.map(readNamed);
}

import { isId } from '@stoa/clock';
import type { Rows } from '@stoa/database';
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

const variantColumns = `variant.id, variant.product_id as "productId", variant.sku, variant.name,
  variant.name_translations as "nameTranslations", variant.weight_grams as "weightGrams", variant.state, variant.version`;

/** The variants with these ids or skus that the audience may see, in no order. */
export async function findVariants(
  rows: Rows,
  audience: Audience,
  column: 'id' | 'sku',
  keys: readonly string[],
): Promise<VariantRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSku);
  if (known.length === 0) return [];
  // A variant of an archived product is as hidden as the product.
  const sold =
    audience === 'staff'
      ? ''
      : `and variant.state = 'ACTIVE'
         and exists (select 1 from product where product.id = variant.product_id and product.state = 'ACTIVE')`;
  const found = await rows.all<RawNamed<VariantRow>>(
    `select ${variantColumns} from variant where ${column} = any(?) ${sold}`,
    [known],
  );
  return found.map(readNamed);
}

/** The variants of products that the audience may see, in order. */
export async function findVariantsOf(
  rows: Rows,
  audience: Audience,
  productIds: readonly string[],
): Promise<VariantRow[]> {
  const sold = audience === 'staff' ? '' : "and state = 'ACTIVE'";
  const found = await rows.all<RawNamed<VariantRow>>(
    `select ${variantColumns} from variant where product_id = any(?) ${sold} order by position, id`,
    [productIds],
  );
  return found.map(readNamed);
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
export async function findChosenValues(rows: Rows, variantIds: readonly string[]): Promise<ChosenValueRow[]> {
  const found = await rows.all<RawNamed<ChosenValueRow>>(
    `select variant_option_value.variant_id as "variantId", option_value.id, option_value.code, option_value.name,
       option_value.name_translations as "nameTranslations"
     from variant_option_value
     join option_value on option_value.id = variant_option_value.option_value_id
     join product_option on product_option.id = variant_option_value.option_id
     where variant_option_value.variant_id = any(?)
     order by product_option.position`,
    [variantIds],
  );
  return found.map(readNamed);
}

import { isId } from '@stoa/clock';
import { type Rows, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { GetVariantsRequest } from '../__generated__/catalog/v1/catalog_pb.js';
import type { Context } from '../context.ts';
import { type RawNamed, readNamed } from '../locale/named-rows.ts';
import { nearestLocales } from '../locale/nearest-locales.ts';
import { type Named, type NameTranslations, type TextTranslation, textIn } from '../locale/translated.ts';
import { fullName, variantName } from '../variant/variant-name.ts';

const maximumIds = 1_000;

interface SoldVariant {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
}

/**
 * The variants on sale, in the order asked for, with the names that an order keeps. One query,
 * whatever the number of variants.
 * @throws {Failure} too-large for more than 1,000 ids
 */
export async function getVariants(
  { variantIds, locale }: GetVariantsRequest,
  { em }: Context,
): Promise<{ variants: SoldVariant[] }> {
  if (variantIds.length > maximumIds) {
    throw new Failure('too-large', `Expected at most ${maximumIds} variants, found ${variantIds.length}`);
  }
  const ids = [...new Set(variantIds)].filter(isId);
  if (ids.length === 0) return { variants: [] };
  const locales = nearestLocales(locale);
  const sold = await findSold(rowsOf(em), ids, locales);
  const variants = ids.flatMap((id): SoldVariant[] => {
    const ofVariant = sold.filter((row) => row.id === id);
    const [first] = ofVariant;
    if (first === undefined) return [];
    const productName = textIn(locales, ofVariant.flatMap(productTranslation), 'name', first.productName);
    const values = chosenValues(ofVariant);
    return [
      {
        id,
        productId: first.productId,
        sku: first.sku,
        name: fullName(productName, variantName(first, values, locale)),
      },
    ];
  });
  return { variants };
}

/** A variant on sale with one translation of its product's name and one of its option values: a row for each pair of them. */
interface SoldRow {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string | null;
  readonly nameTranslations: NameTranslations;
  readonly productName: string;
  readonly productState: 'ACTIVE' | 'ARCHIVED';
  readonly productLocale: string | null;
  readonly translatedProductName: string | null;
  readonly valueId: string | null;
  readonly valueName: string | null;
  readonly valueNameTranslations: unknown;
}

async function findSold(rows: Rows, ids: readonly string[], locales: readonly string[]): Promise<SoldRow[]> {
  const found = await rows.all<RawNamed<SoldRow>>(
    `select variant.id, variant.product_id as "productId", variant.sku, variant.name,
       variant.name_translations as "nameTranslations", product.name as "productName", product.state as "productState",
       product_translation.locale as "productLocale", product_translation.name as "translatedProductName",
       option_value.id as "valueId", option_value.name as "valueName", option_value.name_translations as "valueNameTranslations"
     from variant
     join product on product.id = variant.product_id
     left join product_translation
       on product_translation.product_id = product.id and product_translation.locale = any(?)
     left join variant_option_value on variant_option_value.variant_id = variant.id
     left join option_value on option_value.id = variant_option_value.option_value_id
     left join product_option on product_option.id = variant_option_value.option_id
     where variant.id = any(?) and variant.state = 'ACTIVE' order by product_option.position`,
    [locales, ids],
  );
  // No condition of the statement: SQLite would begin with all products that are ACTIVE, to find a few variants.
  return found.filter(({ productState }) => productState === 'ACTIVE').map(readNamed);
}

/** The option values of a variant, in the order of the options. */
function chosenValues(rows: readonly SoldRow[]): readonly Named[] {
  const values = new Map<string, Named>();
  for (const { valueId, valueName, valueNameTranslations: nameTranslations } of rows) {
    if (valueId !== null && valueName !== null && !values.has(valueId))
      values.set(valueId, readNamed({ name: valueName, nameTranslations }));
  }
  return [...values.values()];
}

function productTranslation({ productLocale, translatedProductName }: SoldRow): TextTranslation[] {
  if (productLocale === null || translatedProductName === null) return [];
  return [{ locale: productLocale, name: translatedProductName, description: null }];
}

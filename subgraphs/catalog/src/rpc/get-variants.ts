import { isId } from '@stoa/clock';
import { type Rows, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { GetVariantsRequest } from '../__generated__/catalog/v1/catalog_pb.js';
import type { Context } from '../context.ts';
import { type RawNamed, readNamed } from '../locale/named-rows.ts';
import { nearestLocales } from '../locale/nearest-locales.ts';
import { type NameTranslations, type TextTranslation, textIn } from '../locale/translated.ts';
import { fullName, variantName } from '../variant/variant-name.ts';
import { findChosenValues } from '../variant/variant-rows.ts';

const maximumIds = 1_000;

interface SoldVariant {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
}

/**
 * The variants on sale, in the order asked for, with the names that an order keeps. Two queries,
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
  const rows = rowsOf(em);
  const [sold, optionValues] = await Promise.all([findSold(rows, ids, locales), findChosenValues(rows, ids)]);
  const variants = ids.flatMap((id): SoldVariant[] => {
    const [first, ...others] = sold.filter((row) => row.id === id);
    if (first === undefined) return [];
    const productName = textIn(
      locales,
      [first, ...others].flatMap(productTranslation),
      'name',
      first.productName,
    );
    const values = optionValues.filter(({ variantId }) => variantId === id);
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

/** A variant on sale with one translation of its product's name; one row a translation. */
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
}

async function findSold(rows: Rows, ids: readonly string[], locales: readonly string[]): Promise<SoldRow[]> {
  const found = await rows.all<RawNamed<SoldRow>>(
    `select variant.id, variant.product_id as "productId", variant.sku, variant.name,
       variant.name_translations as "nameTranslations", product.name as "productName", product.state as "productState",
       product_translation.locale as "productLocale", product_translation.name as "translatedProductName"
     from variant
     join product on product.id = variant.product_id
     left join product_translation
       on product_translation.product_id = product.id and product_translation.locale = any(?)
     where variant.id = any(?) and variant.state = 'ACTIVE'`,
    [locales, ids],
  );
  // No condition of the statement: SQLite would begin with all products that are ACTIVE, to find a few variants.
  return found.filter(({ productState }) => productState === 'ACTIVE').map(readNamed);
}

function productTranslation({ productLocale, translatedProductName }: SoldRow): TextTranslation[] {
  if (productLocale === null || translatedProductName === null) return [];
  return [{ locale: productLocale, name: translatedProductName, description: null }];
}

import type { ProductVariantInput } from '../__generated__/resolvers-types.ts';
import {
  type Check,
  checkGiven,
  checkName,
  checkNameTranslations,
  checkSku,
  checkWeight,
  invalid,
} from '../input/checks.ts';

/** How many variants of a product may be on sale. */
export const maximumVariants = 100;

type VariantTexts = Pick<ProductVariantInput, 'sku' | 'name' | 'weightGrams' | 'translations'>;

/** What is wrong with a new variant, by itself. */
export function checkVariant(
  field: string,
  { sku, name, weightGrams, translations = [] }: VariantTexts,
): Check {
  return (
    checkSku(`${field}.sku`, sku) ??
    checkOwnName(field, name ?? null, translations) ??
    checkGiven(`${field}.weightGrams`, weightGrams, checkWeight)
  );
}

/** A variant without a name of its own has nothing that could be translated. */
export function checkOwnName(
  field: string,
  name: string | null,
  translations: NonNullable<VariantTexts['translations']>,
): Check {
  if (name === null && translations.length > 0) {
    return invalid(
      `${field}.translations`,
      'no translations of a name that is not there',
      String(translations.length),
    );
  }
  return (
    checkGiven(`${field}.name`, name, checkName) ??
    checkNameTranslations(`${field}.translations`, translations)
  );
}

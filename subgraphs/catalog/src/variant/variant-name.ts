import { type Named, type NameTranslations, nameIn } from '../locale/translated.ts';

/**
 * What sets a variant apart from the others of its product: its own name, else those of its option
 * values; null for the one form of a product that has no options.
 */
export function variantName(
  variant: { readonly name: string | null; readonly nameTranslations: NameTranslations },
  optionValues: readonly Named[],
  locale: string,
): string | null {
  if (variant.name !== null)
    return nameIn(locale, { name: variant.name, nameTranslations: variant.nameTranslations });
  return optionValues.length === 0 ? null : optionValues.map((value) => nameIn(locale, value)).join(', ');
}

/** A product's name and its variant's, as a buyer reads them on an order: "Linen shirt – M, Sea blue". */
export function fullName(productName: string, variantName: string | null): string {
  return variantName === null ? productName : `${productName} – ${variantName}`;
}

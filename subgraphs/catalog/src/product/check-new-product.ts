import type { CreateProductInput } from '../__generated__/resolvers-types.ts';
import {
  type Check,
  checkCount,
  checkDescription,
  checkDistinct,
  checkEach,
  checkName,
  checkSlug,
  checkTextTranslations,
} from '../input/checks.ts';
import { checkVariant, maximumVariants } from '../variant/variant-input.ts';
import { checkFacetValueIds, checkImages, checkOptions } from './product-input.ts';

/** What is wrong with a new product, by itself; whether its names are free and what it refers to exists is not asked here. */
export function checkNewProduct(input: CreateProductInput): Check {
  const { variants = [], collectionIds = [] } = input;
  return (
    checkSlug('input.slug', input.slug) ??
    checkName('input.name', input.name) ??
    checkDescription('input.description', input.description ?? '') ??
    checkTextTranslations('input.translations', input.translations ?? []) ??
    checkImages('input.images', input.images ?? []) ??
    checkOptions('input.options', input.options ?? []) ??
    checkCount('input.variants', variants, [0, maximumVariants]) ??
    checkEach('input.variants', variants, checkVariant) ??
    checkDistinct('input.variants', variants, ({ sku }) => sku) ??
    checkFacetValueIds('input.facetValueIds', input.facetValueIds ?? []) ??
    checkCount('input.collectionIds', collectionIds, [0, 100]) ??
    checkDistinct('input.collectionIds', collectionIds, (id) => id)
  );
}

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

/**
 * What is wrong with a new product, by itself; whether its names are free and what it refers to exists is not asked here.
 * @param field the path of the input
 */
export function checkNewProduct(field: string, input: CreateProductInput): Check {
  const { variants = [], collectionIds = [] } = input;
  return (
    checkSlug(`${field}.slug`, input.slug) ??
    checkName(`${field}.name`, input.name) ??
    checkDescription(`${field}.description`, input.description ?? '') ??
    checkTextTranslations(`${field}.translations`, input.translations ?? []) ??
    checkImages(`${field}.images`, input.images ?? []) ??
    checkOptions(`${field}.options`, input.options ?? []) ??
    checkCount(`${field}.variants`, variants, [0, maximumVariants]) ??
    checkEach(`${field}.variants`, variants, checkVariant) ??
    checkDistinct(`${field}.variants`, variants, ({ sku }) => sku) ??
    checkFacetValueIds(`${field}.facetValueIds`, input.facetValueIds ?? []) ??
    checkCount(`${field}.collectionIds`, collectionIds, [0, 100]) ??
    checkDistinct(`${field}.collectionIds`, collectionIds, (id) => id)
  );
}

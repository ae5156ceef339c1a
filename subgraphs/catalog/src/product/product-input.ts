import type { ImageInput, ProductOptionInput } from '../__generated__/resolvers-types.ts';
import { type Check, checkAlt, checkCount, checkDistinct, checkEach, checkUrl } from '../input/checks.ts';
import { checkCodedName } from '../input/coded-name.ts';

/** How many option values a product may have an option. */
export const maximumValues = 100;

export function checkImages(field: string, images: readonly ImageInput[]): Check {
  return (
    checkCount(field, images, [0, 20]) ??
    checkEach(
      field,
      images,
      (place, { url, alt }) => checkUrl(`${place}.url`, url) ?? checkAlt(`${place}.alt`, alt ?? ''),
    )
  );
}

export function checkFacetValueIds(field: string, ids: readonly string[]): Check {
  return checkCount(field, ids, [0, 100]) ?? checkDistinct(field, ids, (id) => id);
}

export function checkOptions(field: string, options: readonly ProductOptionInput[]): Check {
  return (
    checkCount(field, options, [0, 5]) ??
    checkDistinct(field, options, ({ code }) => code) ??
    checkEach(field, options, (place, option) => {
      return (
        checkCodedName(place, option) ??
        checkCount(`${place}.values`, option.values, [1, maximumValues]) ??
        checkDistinct(`${place}.values`, option.values, ({ code }) => code) ??
        checkEach(`${place}.values`, option.values, checkCodedName)
      );
    })
  );
}

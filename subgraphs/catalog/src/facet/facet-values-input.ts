import type { FacetValueInput } from '../__generated__/resolvers-types.ts';
import { type Check, checkCount, checkDistinct, checkEach } from '../input/checks.ts';
import { checkCodedName } from '../input/coded-name.ts';

/** What is wrong with values for a facet, of which there are to be at least `least`. */
export function checkFacetValues(field: string, values: readonly FacetValueInput[], least: number): Check {
  return (
    checkCount(field, values, [least, 100]) ??
    checkEach(field, values, checkCodedName) ??
    checkDistinct(field, values, ({ code }) => code)
  );
}

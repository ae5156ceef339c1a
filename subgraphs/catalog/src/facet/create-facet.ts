import type { CreateFacetInput } from '../__generated__/resolvers-types.ts';
import { checkCodedName, newCodedName } from '../input/coded-name.ts';
import type { Outcome } from '../problem.ts';
import { commit, type Work } from '../work.ts';
import { Facet, FacetValue } from './facet.entity.ts';
import { checkFacetValues } from './facet-values-input.ts';

/** Makes a facet with its values, after the facets that there are. */
export async function makeFacet(
  work: Work,
  { code, name, translations, values = [] }: CreateFacetInput,
): Promise<Outcome<'invalid-input' | 'facet-code-taken'>> {
  const problem =
    checkCodedName('input', { code, name, translations }) ?? checkFacetValues('input.values', values, 0);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    if ((await tx.count(Facet, { code })) > 0) return { problem: 'facet-code-taken', facetCode: code };
    const facet = tx.create(Facet, {
      ...newCodedName(work.newId, { code, name, translations }),
      position: await tx.count(Facet),
    });
    for (const [position, value] of values.entries()) {
      tx.create(FacetValue, { ...newCodedName(work.newId, value), facet: facet.id, position });
    }
    return { problem: null, id: facet.id };
  });
}

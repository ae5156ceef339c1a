import { LockMode } from '@mikro-orm/core';
import { isId } from '@stoa/clock';
import type { AddFacetValuesInput } from '../__generated__/resolvers-types.ts';
import { checkEach, invalid } from '../input/checks.ts';
import { newCodedName } from '../input/coded-name.ts';
import type { Outcome } from '../problem.ts';
import { commit, type Work } from '../work.ts';
import { Facet, FacetValue } from './facet.entity.ts';
import { checkFacetValues } from './facet-values-input.ts';

/** Adds values to a facet, after those that it has. */
export async function extendFacet(
  work: Work,
  { facetId, values }: AddFacetValuesInput,
): Promise<Outcome<'invalid-input' | 'facet-not-found'>> {
  const problem = checkFacetValues('input.values', values, 1);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const facet = isId(facetId)
      ? await tx.findOne(Facet, facetId, { lockMode: LockMode.PESSIMISTIC_WRITE })
      : null;
    if (facet === null) return { problem: 'facet-not-found', facetId };
    const known = await tx.find(FacetValue, { facet: facetId }, { fields: ['code'] });
    const taken = checkEach('input.values', values, (place, { code }) =>
      known.some((value) => value.code === code)
        ? invalid(`${place}.code`, `a value that ${facet.code} has not yet`, code)
        : null,
    );
    if (taken !== null) return taken;
    for (const [index, value] of values.entries()) {
      tx.create(FacetValue, {
        ...newCodedName(work.newId, value),
        facet: facetId,
        position: known.length + index,
      });
    }
    return { problem: null, id: facetId };
  });
}

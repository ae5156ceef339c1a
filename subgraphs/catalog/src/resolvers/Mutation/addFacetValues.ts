import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedFacet } from '../../changed.ts';
import { extendFacet } from '../../facet/add-facet-values.ts';
import { toUserError } from '../../user-error.ts';

export const addFacetValues: MutationResolvers['addFacetValues'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await extendFacet(context, input);
  return outcome.problem === null ? changedFacet(context, outcome.id) : toUserError(outcome);
};

import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedFacet } from '../../changed.ts';
import { makeFacet } from '../../facet/create-facet.ts';
import { toUserError } from '../../user-error.ts';

export const createFacet: MutationResolvers['createFacet'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await makeFacet(context, input);
  return outcome.problem === null ? changedFacet(context, outcome.id) : toUserError(outcome);
};

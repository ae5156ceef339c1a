import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedVariant } from '../../changed.ts';
import { toUserError } from '../../user-error.ts';
import { makeVariant } from '../../variant/create-variant.ts';

export const createVariant: MutationResolvers['createVariant'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await makeVariant(context, input);
  return outcome.problem === null ? changedVariant(context, outcome.id) : toUserError(outcome);
};

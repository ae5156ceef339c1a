import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedVariant } from '../../changed.ts';
import { toUserError } from '../../user-error.ts';
import { changeVariant } from '../../variant/update-variant.ts';

export const updateVariant: MutationResolvers['updateVariant'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await changeVariant(context, input);
  return outcome.problem === null ? changedVariant(context, outcome.id) : toUserError(outcome);
};

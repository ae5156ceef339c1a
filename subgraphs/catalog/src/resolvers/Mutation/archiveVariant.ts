import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedVariant } from '../../changed.ts';
import { toUserError } from '../../user-error.ts';
import { retireVariant } from '../../variant/archive-variant.ts';

export const archiveVariant: MutationResolvers['archiveVariant'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await retireVariant(context, input.id);
  return outcome.problem === null ? changedVariant(context, outcome.id) : toUserError(outcome);
};

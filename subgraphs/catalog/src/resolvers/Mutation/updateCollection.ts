import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedCollection } from '../../changed.ts';
import { changeCollection } from '../../collection/update-collection.ts';
import { toUserError } from '../../user-error.ts';

export const updateCollection: MutationResolvers['updateCollection'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await changeCollection(context, input);
  return outcome.problem === null ? changedCollection(context, outcome.id) : toUserError(outcome);
};

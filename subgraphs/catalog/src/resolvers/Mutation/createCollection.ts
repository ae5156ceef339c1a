import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedCollection } from '../../changed.ts';
import { makeCollection } from '../../collection/create-collection.ts';
import { toUserError } from '../../user-error.ts';

export const createCollection: MutationResolvers['createCollection'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await makeCollection(context, input);
  return outcome.problem === null ? changedCollection(context, outcome.id) : toUserError(outcome);
};

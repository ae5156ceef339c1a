import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedCollection } from '../../changed.ts';
import { removeProducts } from '../../collection/remove-products.ts';
import { toUserError } from '../../user-error.ts';

export const removeProductsFromCollection: MutationResolvers['removeProductsFromCollection'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await removeProducts(context, input);
  return outcome.problem === null ? changedCollection(context, outcome.id) : toUserError(outcome);
};

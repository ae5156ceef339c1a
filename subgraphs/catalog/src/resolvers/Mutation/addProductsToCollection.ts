import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedCollection } from '../../changed.ts';
import { addProducts } from '../../collection/add-products.ts';
import { toUserError } from '../../user-error.ts';

export const addProductsToCollection: MutationResolvers['addProductsToCollection'] = async (
  _parent,
  { input },
  context,
) => {
  requireRole(context.call, 'STAFF');
  const outcome = await addProducts(context, input);
  return outcome.problem === null ? changedCollection(context, outcome.id) : toUserError(outcome);
};

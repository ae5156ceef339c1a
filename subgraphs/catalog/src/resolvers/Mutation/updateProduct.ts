import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedProduct } from '../../changed.ts';
import { changeProduct } from '../../product/update-product.ts';
import { toUserError } from '../../user-error.ts';

export const updateProduct: MutationResolvers['updateProduct'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await changeProduct(context, input);
  return outcome.problem === null ? changedProduct(context, outcome.id) : toUserError(outcome);
};

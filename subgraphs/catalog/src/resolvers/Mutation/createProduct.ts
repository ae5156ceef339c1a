import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedProduct } from '../../changed.ts';
import { makeProduct } from '../../product/create-product.ts';
import { toUserError } from '../../user-error.ts';

export const createProduct: MutationResolvers['createProduct'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await makeProduct(context, input);
  return outcome.problem === null ? changedProduct(context, outcome.id) : toUserError(outcome);
};

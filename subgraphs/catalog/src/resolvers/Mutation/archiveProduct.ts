import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedProduct } from '../../changed.ts';
import { retireProduct } from '../../product/archive-product.ts';
import { toUserError } from '../../user-error.ts';

export const archiveProduct: MutationResolvers['archiveProduct'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await retireProduct(context, input.id);
  return outcome.problem === null ? changedProduct(context, outcome.id) : toUserError(outcome);
};

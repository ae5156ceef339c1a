import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { adjustStock as adjust } from '../../stock/adjust-stock.ts';
import { invalidInputError, stockBelowReservedError, stockLocationNotFoundError } from '../user-errors.ts';

export const adjustStock: MutationResolvers['adjustStock'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await adjust(context, input);
  switch (outcome.kind) {
    case 'changed':
      return { __typename: 'StockItem', ...outcome.item };
    case 'location-not-found':
      return stockLocationNotFoundError(outcome.locationId);
    case 'below-reserved':
      return stockBelowReservedError(outcome);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};

import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { setStock as set } from '../../stock/set-stock.ts';
import {
  invalidInputError,
  staleVersionError,
  stockBelowReservedError,
  stockLocationNotFoundError,
} from '../user-errors.ts';

export const setStock: MutationResolvers['setStock'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const outcome = await set(context, input);
  switch (outcome.kind) {
    case 'changed':
      return { __typename: 'StockItem', ...outcome.item };
    case 'location-not-found':
      return stockLocationNotFoundError(outcome.locationId);
    case 'stale':
      return staleVersionError(outcome.expectedVersion, outcome.currentVersion);
    case 'below-reserved':
      return stockBelowReservedError(outcome);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
};

import { hasRole } from '@stoa/identity';
import type { StockItemResolvers } from '../__generated__/resolvers-types.ts';
import { locationOf } from './location-of.ts';

export const StockItem: StockItemResolvers = {
  // Missing and forbidden look alike, so that nobody learns by guessing which ids exist.
  __resolveReference: ({ id }, { call, stockItems }) =>
    hasRole(call.viewer, 'STAFF') ? stockItems.load(id) : null,
  variant: ({ variantId }) => ({ id: variantId }),
  location: ({ locationId }, _args, context) => locationOf(locationId, context),
  available: ({ onHand, reserved }) => onHand - reserved,
};

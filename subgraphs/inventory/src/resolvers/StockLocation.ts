import { hasRole } from '@stoa/identity';
import type { StockLocationResolvers } from '../__generated__/resolvers-types.ts';

export const StockLocation: StockLocationResolvers = {
  // Missing and forbidden look alike, so that nobody learns by guessing which ids exist.
  __resolveReference: ({ id }, { call, stockLocations }) =>
    hasRole(call.viewer, 'STAFF') ? stockLocations.load(id) : null,
};

import type { ReservationAllocationResolvers } from '../__generated__/resolvers-types.ts';
import { locationOf } from './location-of.ts';

export const ReservationAllocation: ReservationAllocationResolvers = {
  location: ({ locationId }, _args, context) => locationOf(locationId, context),
};

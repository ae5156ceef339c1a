import { hasRole } from '@stoa/identity';
import type { ReservationResolvers } from '../__generated__/resolvers-types.ts';

export const Reservation: ReservationResolvers = {
  // Missing and forbidden look alike, so that nobody learns by guessing which ids exist.
  __resolveReference: ({ id }, { call, reservations }) =>
    hasRole(call.viewer, 'STAFF') ? reservations.load(id) : null,
  lines: async ({ id }, _args, { reservationLines }) => {
    const rows = await reservationLines.load(id);
    const variantIds = [...new Set(rows.map(({ variantId }) => variantId))];
    return variantIds.map((variantId) => ({
      variantId,
      allocations: rows.filter((row) => row.variantId === variantId),
    }));
  },
};

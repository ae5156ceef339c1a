import type { ReservationLineResolvers } from '../__generated__/resolvers-types.ts';

export const ReservationLine: ReservationLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  quantity: ({ allocations }) => allocations.reduce((sum, { quantity }) => sum + quantity, 0),
  allocations: ({ allocations }) => [...allocations],
};

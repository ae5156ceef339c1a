import { hasRole } from '@stoa/identity';
import type { OrderHistoryEntryResolvers } from '../__generated__/resolvers-types.ts';

export const OrderHistoryEntry: OrderHistoryEntryResolvers = {
  user: ({ actorId }, _, { viewer }) =>
    actorId !== null && hasRole(viewer, 'STAFF') ? { id: actorId } : null,
};

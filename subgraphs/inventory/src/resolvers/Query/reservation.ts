import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';

export const reservation: QueryResolvers['reservation'] = (_parent, { id }, { call, reservations }) => {
  requireRole(call, 'STAFF');
  return reservations.load(id);
};

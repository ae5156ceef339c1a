import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';

export const payment: QueryResolvers['payment'] = (_, { id }, { call, loaders }) => {
  requireRole(call, 'STAFF');
  return loaders.payment.load(id);
};

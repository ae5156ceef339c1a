import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';

export const promotion: QueryResolvers['promotion'] = (_parent, { id }, { call, reads }) => {
  requireRole(call, 'STAFF');
  return reads.promotions.load(id);
};

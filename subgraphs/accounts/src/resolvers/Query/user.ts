import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';

export const user: QueryResolvers['user'] = (_, { id }, { call, load }) => {
  requireRole(call, 'STAFF');
  return load.users.load(id);
};

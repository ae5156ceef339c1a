import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listPayments } from '../../payment/payment-queries.ts';

export const payments: QueryResolvers['payments'] = (_, { filter, ...page }, { call, em }) => {
  requireRole(call, 'STAFF');
  return listPayments(em, page, filter ?? {});
};

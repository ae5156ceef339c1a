import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { markDelivered as mark } from '../../order/mark-delivered.ts';
import { toOrderResult } from '../to-result.ts';

export const markDelivered: MutationResolvers['markDelivered'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  return toOrderResult(await mark(context, input.orderId));
};

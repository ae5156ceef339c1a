import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { rejectReturn as reject } from '../../order/return/decide-return.ts';
import { toOrderResult } from '../to-result.ts';

export const rejectReturn: MutationResolvers['rejectReturn'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  return toOrderResult(await reject(context, input));
};

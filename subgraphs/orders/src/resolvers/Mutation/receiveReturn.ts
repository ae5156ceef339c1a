import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { receiveReturn as receive } from '../../order/return/decide-return.ts';
import { toOrderResult } from '../to-result.ts';

export const receiveReturn: MutationResolvers['receiveReturn'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  return toOrderResult(await receive(context, { ...input, restock: input.restock ?? true }));
};

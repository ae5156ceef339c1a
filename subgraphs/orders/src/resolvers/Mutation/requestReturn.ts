import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { requestReturn as request } from '../../order/return/request-return.ts';
import { toOrderResult } from '../to-result.ts';

export const requestReturn: MutationResolvers['requestReturn'] = async (_, { input }, context) =>
  toOrderResult(await request(context, { ...input, lines: input.lines ?? null }));

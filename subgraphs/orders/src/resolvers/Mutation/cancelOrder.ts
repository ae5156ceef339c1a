import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { cancelForViewer } from '../../order/cancel-for-viewer.ts';
import { toOrderResult } from '../to-result.ts';

export const cancelOrder: MutationResolvers['cancelOrder'] = async (_, { input }, context) =>
  toOrderResult(await cancelForViewer(context, { ...input, reason: input.reason ?? null }));

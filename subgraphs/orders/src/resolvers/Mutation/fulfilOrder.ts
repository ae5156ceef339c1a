import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { fulfilOrder as fulfil } from '../../order/fulfilment/fulfil-order.ts';
import { toOrderResult } from '../to-result.ts';

export const fulfilOrder: MutationResolvers['fulfilOrder'] = async (_, { input }, context) => {
  requireRole(context.call, 'STAFF');
  return toOrderResult(
    await fulfil(context, {
      ...input,
      lines: input.lines ?? null,
      carrier: input.carrier ?? null,
      trackingNumber: input.trackingNumber ?? null,
    }),
  );
};

import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { placeOrder as place } from '../../checkout/place-order.ts';
import { toOrderResult } from '../to-result.ts';

export const placeOrder: MutationResolvers['placeOrder'] = async (_, { input }, context) =>
  toOrderResult(
    await place(context, {
      ...input,
      payment: { provider: input.payment.provider ?? 'sandbox', token: input.payment.token },
      expectedTotal: input.expectedTotal ?? null,
    }),
  );

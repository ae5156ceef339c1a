import type { RefundResolvers } from '../__generated__/resolvers-types.ts';
import { canSee } from '../payment/visibility.ts';
import { failure } from './failure.ts';

export const Refund: RefundResolvers = {
  // Whoever sees the payment sees its refunds; null otherwise, as for a missing one.
  __resolveReference: async ({ id }, { call, loaders }) => {
    const refund = await loaders.refund.load(id);
    const payment = refund === null ? null : await loaders.payment.load(refund.paymentId);
    return payment !== null && canSee(call.viewer, payment) ? refund : null;
  },
  amount: ({ amount, currency }) => ({ amount, currency }),
  failure,
};

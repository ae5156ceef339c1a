import { requireRole } from '@stoa/identity';
import type { PaymentResolvers } from '../__generated__/resolvers-types.ts';
import { canSee } from '../payment/visibility.ts';
import { failure } from './failure.ts';

export const Payment: PaymentResolvers = {
  // Null for somebody else's payment as for a missing one, so that nobody learns that it exists.
  __resolveReference: async ({ id }, { call, loaders }) => {
    const payment = await loaders.payment.load(id);
    return payment !== null && canSee(call.viewer, payment) ? payment : null;
  },
  order: ({ orderId }) => ({ id: orderId }),
  amount: ({ amount, currency }) => ({ amount, currency }),
  captured: ({ captured, currency }) => ({ amount: captured, currency }),
  refunded: ({ refunded, currency }) => ({ amount: refunded, currency }),
  failure,
  refunds: ({ id }, _, { loaders }) => loaders.refundsOfPayment.load(id),
  ledger: ({ id }, _, { call, loaders }) => {
    requireRole(call, 'STAFF');
    return loaders.ledgerOfPayment.load(id);
  },
};

import type { OrderResolvers } from '../__generated__/resolvers-types.ts';
import type { Context } from '../context.ts';
import type { PaymentView } from '../payment/payment-queries.ts';
import { paymentStatus } from '../payment/payment-status.ts';
import { canSee } from '../payment/visibility.ts';

export const Order: OrderResolvers = {
  __resolveReference: ({ id }) => ({ id }),
  payments: ({ id }, _, context) => visiblePayments(id, context),
  paymentStatus: async ({ id }, _, context) => {
    const payments = await visiblePayments(id, context);
    return payments === null ? null : paymentStatus(payments);
  },
};

/** Null when the order is somebody else's, which its payments tell: an order without any is not known here. */
async function visiblePayments(
  orderId: string,
  { call, loaders }: Context,
): Promise<readonly PaymentView[] | null> {
  const payments = await loaders.paymentsOfOrder.load(orderId);
  return payments.every((payment) => canSee(call.viewer, payment)) ? payments : null;
}

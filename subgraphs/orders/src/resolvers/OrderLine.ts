import { isId } from '@stoa/clock';
import type { OrderLineResolvers } from '../__generated__/resolvers-types.ts';
import { canReadOrder } from '../order/order-access.ts';
import { toTaxedMoney } from './to-money.ts';

export const OrderLine: OrderLineResolvers = {
  __resolveReference: async ({ id }, { orders, viewer }) => {
    const line = isId(id) ? await orders.lineById.load(id) : null;
    // A line's id cannot be guessed any more than its order's.
    return line !== null && canReadOrder(viewer, line, 'id') ? line : null;
  },
  variant: ({ variantId }) => ({ id: variantId }),
  unitPrice: ({ unit, currency }) => toTaxedMoney(unit, currency),
  total: ({ total, currency }) => toTaxedMoney(total, currency),
};

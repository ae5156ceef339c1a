import { isId } from '@stoa/clock';
import type { OrderLineResolvers } from '../__generated__/resolvers-types.ts';
import { canReadOrder } from '../order/order-access.ts';
import { unitsOf } from '../order/units-of-order.ts';
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
  fulfilledQuantity: async ({ id, orderId }, _, { orders }) =>
    unitsOf(id, await orders.fulfilmentsOf.load(orderId)),
  returnedQuantity: async ({ id, orderId }, _, { orders }) => {
    const returns = await orders.returnsOf.load(orderId);
    return unitsOf(
      id,
      returns.filter(({ state }) => state === 'RECEIVED'),
    );
  },
};

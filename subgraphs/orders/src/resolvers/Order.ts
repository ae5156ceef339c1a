import { isId } from '@stoa/clock';
import { hasRole } from '@stoa/identity';
import { money } from '@stoa/money';
import type { OrderResolvers } from '../__generated__/resolvers-types.ts';
import { canReadOrder } from '../order/order-access.ts';

export const Order: OrderResolvers = {
  __resolveReference: async (reference, { orders, viewer }) => {
    if ('id' in reference) {
      const order = isId(reference.id) ? await orders.byId.load(reference.id) : null;
      return order !== null && canReadOrder(viewer, order, 'id') ? order : null;
    }
    const order = await orders.byNumber.load(reference.number);
    return order !== null && canReadOrder(viewer, order, 'number') ? order : null;
  },
  buyer: ({ buyerId }) => (buyerId === null ? null : { id: buyerId }),
  lines: ({ id, lines }, _, { orders }) => lines ?? orders.linesOf.load(id),
  subtotal: ({ subtotal, currency }) => money(subtotal, currency),
  discounts: ({ discounts, currency }) =>
    discounts.map(({ amount, ...discount }) => ({ ...discount, amount: money(amount, currency) })),
  shipping: ({ shipping, currency }) => money(shipping, currency),
  tax: ({ tax, currency }) => money(tax, currency),
  total: ({ total, currency }) => money(total, currency),
  history: ({ id }, _, { orders }) => orders.historyOf.load(id),
  fulfilments: ({ id }, _, { orders }) => orders.fulfilmentsOf.load(id),
  returns: ({ id }, _, { orders }) => orders.returnsOf.load(id),
  tasks: ({ id }, _, { orders, viewer }) => (hasRole(viewer, 'STAFF') ? orders.tasksOf.load(id) : null),
};

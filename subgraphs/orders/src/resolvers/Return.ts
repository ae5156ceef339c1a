import { isId } from '@stoa/clock';
import { money } from '@stoa/money';
import type { ReturnResolvers } from '../__generated__/resolvers-types.ts';
import { canReadOrder } from '../order/order-access.ts';

export const Return: ReturnResolvers = {
  __resolveReference: async ({ id }, { orders, viewer }) => {
    const found = isId(id) ? await orders.returnById.load(id) : null;
    // Its id cannot be guessed any more than its order's.
    return found !== null && canReadOrder(viewer, found, 'id') ? found : null;
  },
  lines: ({ lines, orderId }) => lines.map((units) => ({ ...units, orderId })),
  refund: ({ refund, currency }) => (refund === null ? null : money(refund, currency)),
};

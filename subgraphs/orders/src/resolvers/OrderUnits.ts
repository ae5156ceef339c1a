import type { OrderUnitsResolvers } from '../__generated__/resolvers-types.ts';

export const OrderUnits: OrderUnitsResolvers = {
  line: async ({ lineId, orderId }, _, { orders }) => {
    const line = (await orders.linesOf.load(orderId)).find(({ id }) => id === lineId);
    if (line === undefined) throw new Error(`Expected the line ${lineId} of the order ${orderId}`);
    return line;
  },
};

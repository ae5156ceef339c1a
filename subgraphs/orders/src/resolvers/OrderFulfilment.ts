import type { OrderFulfilmentResolvers } from '../__generated__/resolvers-types.ts';

export const OrderFulfilment: OrderFulfilmentResolvers = {
  lines: ({ lines, orderId }) => lines.map((units) => ({ ...units, orderId })),
};

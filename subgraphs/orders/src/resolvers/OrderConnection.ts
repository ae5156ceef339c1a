import type { OrderConnectionResolvers } from '../__generated__/resolvers-types.ts';

export const OrderConnection: OrderConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
};

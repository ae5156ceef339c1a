import type { UserResolvers } from '../__generated__/resolvers-types.ts';
import { canReadUser } from '../cart/cart-access.ts';

export const User: UserResolvers = {
  // That there is such a user accounts knows; what is shown of one is decided by field.
  __resolveReference: ({ id }) => ({ id }),
  cart: ({ id }, _, { carts, viewer }) => (canReadUser(viewer, id) ? carts.openOf.load(id) : null),
  orders: ({ id }, args, { ordersOf, viewer }) => (canReadUser(viewer, id) ? ordersOf(id, args) : null),
};

import { isId } from '@stoa/clock';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { canReadCart } from '../../cart/cart-access.ts';
import { findLeading } from '../../cart/read-carts.ts';

export const cart: QueryResolvers['cart'] = async (_, { id }, { carts, viewer }) => {
  const found = isId(id) ? await findLeading((next) => carts.byId.load(next), id) : null;
  // Missing and not yours get the same answer, so that a guessed id tells nothing.
  return found !== null && canReadCart(viewer, found) ? found : null;
};

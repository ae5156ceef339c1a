import type { UserViewer } from '@stoa/identity';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, type CartScope, changeCart } from './change-cart.ts';

/**
 * Makes a guest's cart the user's own, or merges it into the open cart that the user has. Claiming twice changes
 * nothing. The claim itself is what locking a cart for a user does; see lock-cart.ts.
 */
export async function claimCart(
  scope: Omit<CartScope, 'viewer'>,
  user: UserViewer,
  cartId: string,
): Promise<CartRecord | CartRefusal> {
  return changeCart({ ...scope, viewer: user }, cartId, () => null);
}

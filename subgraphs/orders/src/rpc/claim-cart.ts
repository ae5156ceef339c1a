import type { MessageInitShape } from '@bufbuild/protobuf';
import { Failure } from '@stoa/errors';
import { isUser } from '@stoa/identity';
import type { ClaimCartRequest, ClaimCartResponseSchema } from '../__generated__/orders/v1/orders_pb.js';
import { claimCart as claim } from '../cart/claim-cart.ts';
import type { Context } from '../context.ts';
import { isRefusal } from '../refusal.ts';

/**
 * OrdersService.ClaimCart. Whom the cart is for is the caller's word: the signed context proves that a service of the
 * system calls, which at sign-in still acts for a guest. For one user it may not claim for another.
 * @throws {Failure} bad-input without a user; forbidden for another user; conflict CART_LOCKED while either cart is
 *   being bought
 */
export async function claimCart(
  { cartId, userId }: ClaimCartRequest,
  context: Context,
): Promise<MessageInitShape<typeof ClaimCartResponseSchema>> {
  if (userId === '') throw new Failure('bad-input', 'Expected the id of the user who claims the cart');
  if (isUser(context.viewer) && context.viewer.id !== userId) {
    throw new Failure('forbidden', 'A user may claim a cart for nobody else');
  }
  const user = { kind: 'user', id: userId, roles: [], scopes: [], sessionId: null } as const;
  const cart = await claim(context, user, cartId);
  if (!isRefusal(cart)) return { cartId: cart.id };
  if (cart.refused === 'cart-locked') {
    throw new Failure('conflict', 'The cart is being bought and cannot be claimed meanwhile', {
      code: 'CART_LOCKED',
    });
  }
  return { cartId: '' };
}

import { type EntityManager, rowsOf } from '@stoa/database';
import { isUser, type Viewer } from '@stoa/identity';
import type { RefusalOf } from '../refusal.ts';
import { Cart } from './cart.entity.ts';
import { canChangeCart } from './cart-access.ts';
import { type CartDraft, type DraftTools, draftOf } from './cart-draft.ts';
import { mergeCart } from './merge-cart.ts';

/**
 * Locks a cart for the rest of the transaction, so that one change at a time decides on what is there, and finds the
 * cart that the viewer means: the id of one that was merged leads to the cart that it was merged into, and a guest's
 * cart becomes the signed-in viewer's own.
 */
export async function lockCart(
  tx: EntityManager,
  cartId: string,
  viewer: Viewer,
  tools: DraftTools,
): Promise<CartDraft | RefusalOf<'cart-not-found' | 'cart-locked'>> {
  const found = await lockVisible(tx, cartId, viewer);
  // Missing and not yours get the same answer, so that a guessed id tells nothing.
  if (found === null) return { refused: 'cart-not-found', cartId };
  const draft = await draftOf(tx, found, tools);
  const isAGuests = (found.buyerId ?? null) === null;
  // One that is being bought stays the guest's until that has ended.
  if (!isUser(viewer) || !isAGuests || found.state !== 'OPEN' || isLocked(found)) return draft;
  return claim(tx, draft, viewer.id, tools);
}

/** Whether a checkout has the cart to itself. */
export function isLocked(cart: Cart): boolean {
  return (cart.lockedBy ?? null) !== null;
}

/** The refusal that stands in the way of changing a cart; null when none does. */
export function refusalOfChange(cart: Cart): RefusalOf<'cart-closed' | 'cart-locked'> | null {
  const orderId = cart.orderId ?? null;
  if (orderId !== null) return { refused: 'cart-closed', cartId: cart.id, orderId };
  return isLocked(cart) ? { refused: 'cart-locked', cartId: cart.id } : null;
}

async function lockVisible(tx: EntityManager, cartId: string, viewer: Viewer): Promise<Cart | null> {
  const cart = await rowsOf(tx).findOne(Cart, { id: cartId }, { lock: true });
  if (cart === null || !canChangeCart(viewer, { buyerId: cart.buyerId ?? null })) return null;
  const next = cart.mergedIntoId ?? null;
  return next === null ? cart : lockVisible(tx, next, viewer);
}

async function claim(
  tx: EntityManager,
  guests: CartDraft,
  userId: string,
  tools: DraftTools,
): Promise<CartDraft | RefusalOf<'cart-locked'>> {
  const open = await rowsOf(tx).findOne(Cart, { buyerId: userId, state: 'OPEN' }, { lock: true });
  if (open === null) {
    guests.edit({ buyerId: userId });
    return guests;
  }
  if (isLocked(open)) return { refused: 'cart-locked', cartId: open.id };
  const own = await draftOf(tx, open, tools);
  mergeCart(own, guests);
  return own;
}

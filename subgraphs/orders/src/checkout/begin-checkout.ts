import { rowsOf } from '@stoa/database';
import type { CartDraft } from '../cart/cart-draft.ts';
import { lockCart } from '../cart/lock-cart.ts';
import type { Context } from '../context.ts';
import { invalidInput, isRefusal, type RefusalOf } from '../refusal.ts';
import { inTransaction } from '../transaction.ts';
import { Checkout, type CheckoutRecord } from './checkout.entity.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';
import { restartCheckout, type StartedCheckout, startCheckout } from './start-checkout.ts';

export type Begun =
  | ({ readonly kind: 'begun' } & StartedCheckout)
  /** The key was used for the same before. */
  | { readonly kind: 'known'; readonly checkoutId: string }
  /** Another checkout, with another key, has the cart. */
  | { readonly kind: 'blocked'; readonly cartId: string; readonly checkoutId: string };

export type BeginRefusal = RefusalOf<
  | 'cart-not-found'
  | 'cart-closed'
  | 'cart-empty'
  | 'checkout-in-progress'
  | 'idempotency-key-reused'
  | 'invalid-input'
>;

/**
 * Locks the cart for a new checkout and records it, in one transaction. What the buyer can mend first (an empty cart,
 * a missing address) uses up no idempotency key.
 */
export async function beginCheckout(
  context: Context,
  request: PlaceOrderRequest,
): Promise<Begun | BeginRefusal> {
  return inTransaction(context.em, async (tx) => {
    const { clock, newId, viewer } = context;
    const draft = await lockCart(tx, request.cartId, viewer, { now: clock.now(), newId });
    if (isRefusal(draft)) {
      // The user's own open cart, with which the guest's would be merged, is being bought.
      return draft.refused === 'cart-locked'
        ? ({ refused: 'checkout-in-progress', cartId: draft.cartId } as const)
        : draft;
    }
    const obstacle = blockedBy(draft) ?? refusalOfCart(draft);
    if (obstacle === null) {
      const started = await startCheckout(tx, context, draft, request);
      if (started !== null) return { kind: 'begun', ...started } as const;
    }
    const known = await rowsOf(tx).findOne(Checkout, {
      cartId: draft.cart.id,
      idempotencyKey: request.idempotencyKey,
    });
    if (known !== null) {
      if (known.fingerprint !== fingerprintOf(request)) return { refused: 'idempotency-key-reused' } as const;
      if (!isToStartAgain(known)) return { kind: 'known', checkoutId: known.id } as const;
    }
    if (obstacle !== null) return obstacle;
    if (known === null) throw new Error(`Expected the cart ${draft.cart.id} to have a checkout of this key`);
    return { kind: 'begun', ...(await restartCheckout(tx, context, draft, request, known)) } as const;
  });
}

/** One that a fault interrupted: nothing came of it, so the key is as good as new. */
function isToStartAgain({ state, outcome }: CheckoutRecord): boolean {
  return state === 'FAILED' && outcome?.refused === 'interrupted';
}

function blockedBy({ cart }: CartDraft): Begun | null {
  const checkoutId = cart.lockedBy ?? null;
  return checkoutId === null ? null : { kind: 'blocked', cartId: cart.id, checkoutId };
}

function refusalOfCart({ cart, lines }: CartDraft): BeginRefusal | null {
  const orderId = cart.orderId ?? null;
  if (orderId !== null) return { refused: 'cart-closed', cartId: cart.id, orderId };
  if (lines.length === 0) return { refused: 'cart-empty', cartId: cart.id };
  const isAGuests = (cart.buyerId ?? null) === null;
  if (isAGuests && (cart.email ?? null) === null) {
    return invalidInput('cart.email', 'an e-mail address for the confirmation', null);
  }
  if ((cart.shippingAddress ?? null) === null) {
    return invalidInput('cart.shippingAddress', 'an address to send the goods to', null);
  }
  return null;
}

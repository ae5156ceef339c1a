import { type EntityManager, rowsOf } from '@stoa/database';
import type { CartDraft } from '../cart/cart-draft.ts';
import { withLines } from '../cart/cart-record.ts';
import { Checkout, type CheckoutRecord, type RunningCheckout } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Lease, leaseUntil } from './lease.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';

/** A checkout that was begun, and is the caller's to run. */
export interface StartedCheckout {
  readonly lease: Lease;
  readonly checkout: RunningCheckout;
}

/**
 * Records a checkout in its first state and gives it the cart, in the transaction that has locked the cart's row.
 * @returns the checkout, and the caller's right to run it; null when the cart has one of the same key already
 */
export async function startCheckout(
  tx: EntityManager,
  scope: CheckoutScope,
  draft: CartDraft,
  request: PlaceOrderRequest,
): Promise<StartedCheckout | null> {
  const checkout = {
    ...freshOf(scope, request, 1),
    id: scope.newId(),
    version: 1,
    cartId: draft.cart.id,
    idempotencyKey: request.idempotencyKey,
    fingerprint: fingerprintOf(request),
  };
  const isNew = await rowsOf(tx).insertNew(Checkout, checkout, ['cartId', 'idempotencyKey']);
  return isNew ? lockedFor(draft, checkout) : null;
}

/** As above, for the checkout of the same key that a fault interrupted: it is started anew. */
export async function restartCheckout(
  tx: EntityManager,
  scope: CheckoutScope,
  draft: CartDraft,
  request: PlaceOrderRequest,
  again: CheckoutRecord,
): Promise<StartedCheckout> {
  const fresh = freshOf(scope, request, again.attempt + 1);
  return lockedFor(draft, { ...(await rowsOf(tx).change(Checkout, again, fresh)), leaseId: fresh.leaseId });
}

function freshOf(
  { clock, newId, call, settings }: CheckoutScope,
  request: PlaceOrderRequest,
  attempt: number,
) {
  const now = clock.now();
  return {
    state: 'STARTED',
    attempt,
    locale: call.locale,
    expectedTotal: request.expectedTotal,
    paymentProvider: request.payment.provider,
    paymentToken: request.payment.token,
    snapshot: null,
    orderId: null,
    reservationId: null,
    paymentId: null,
    waitsFor: null,
    outcome: null,
    leaseId: newId(),
    leasedUntil: leaseUntil({ clock, settings }),
    // Its limits count from here, also when it is started again.
    createdAt: now,
    updatedAt: now,
  } as const;
}

async function lockedFor(
  draft: CartDraft,
  checkout: CheckoutRecord & { readonly leaseId: string },
): Promise<StartedCheckout> {
  const { id: checkoutId, leaseId } = checkout;
  draft.lock(checkoutId);
  await draft.save();
  return {
    lease: { checkoutId, leaseId },
    checkout: { ...checkout, cart: withLines(draft.cart, draft.lines) },
  };
}

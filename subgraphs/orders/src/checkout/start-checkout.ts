import { type EntityManager, rowsOf } from '@stoa/database';
import type { CartDraft } from '../cart/cart-draft.ts';
import { Checkout, type CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { fingerprintOf } from './fingerprint.ts';
import { type Lease, leaseUntil } from './lease.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';

/** A checkout that was begun, and is the caller's to run. */
export interface StartedCheckout {
  readonly lease: Lease;
  readonly checkout: CheckoutRecord;
}

/**
 * Records a checkout in its first state and gives it the cart, in the transaction that has locked the cart's row.
 * @param again the checkout of the same key that a fault interrupted, to be started anew; null for a new one
 * @returns the checkout, and the caller's right to run it
 */
export async function startCheckout(
  tx: EntityManager,
  { clock, newId, call, settings }: CheckoutScope,
  draft: CartDraft,
  request: PlaceOrderRequest,
  again: CheckoutRecord | null,
): Promise<StartedCheckout> {
  const now = clock.now();
  const leaseId = newId();
  const fresh = {
    state: 'STARTED',
    attempt: (again?.attempt ?? 0) + 1,
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
    leaseId,
    leasedUntil: leaseUntil({ clock, settings }),
    // Its limits count from here, also when it is started again.
    createdAt: now,
    updatedAt: now,
  } as const;
  const checkout =
    again === null
      ? await insert(tx, {
          ...fresh,
          id: newId(),
          version: 1,
          cartId: draft.cart.id,
          idempotencyKey: request.idempotencyKey,
          fingerprint: fingerprintOf(request),
        })
      : await rowsOf(tx).change(Checkout, again, fresh);
  draft.lock(checkout.id);
  await draft.save();
  return { lease: { checkoutId: checkout.id, leaseId }, checkout };
}

async function insert(tx: EntityManager, checkout: CheckoutRecord): Promise<CheckoutRecord> {
  await rowsOf(tx).insert(Checkout, checkout);
  return checkout;
}

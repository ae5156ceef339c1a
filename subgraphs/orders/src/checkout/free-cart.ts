import { advance } from './advance.ts';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import type { CheckoutState } from './checkout-state.ts';
import { takeLease, updateLeased } from './lease.ts';
import { readCheckout } from './read-checkout.ts';
import { voidAndFinish } from './void-and-finish.ts';

const beforePayment: readonly CheckoutState[] = ['STARTED', 'RESERVING'];

/**
 * Ends a checkout that has a cart to itself and that nobody runs, so that the buyer can try again with another
 * idempotency key: one that a crash left before any money could be taken is undone, one whose payment waits for the
 * buyer is voided. One whose payment is not known is asked about, and stays when that cannot be told.
 * @returns whether it no longer has the cart
 */
export async function freeCart(scope: CheckoutScope, checkoutId: string): Promise<boolean> {
  const lease = await takeLease(scope, checkoutId);
  if (lease === null) return hasLetGo(await readCheckout(scope, checkoutId));
  const { state } = await readCheckout(scope, checkoutId);
  if (beforePayment.includes(state)) {
    await updateLeased(scope.em, lease, { state: 'COMPENSATING', outcome: abandoned });
  }
  const checkout = await advance(scope, lease);
  if (checkout.waitsFor?.kind !== 'action') return hasLetGo(checkout);
  const finished = await voidAndFinish(scope, checkout);
  return finished !== null && hasLetGo(finished);
}

const abandoned = {
  refused: 'interrupted',
  code: 'CHECKOUT_ABANDONED',
  message: 'This checkout stopped half-way and was given up for another: place the order with a new key',
} as const;

function hasLetGo({ state }: CheckoutRecord): boolean {
  return !beforePayment.includes(state) && state !== 'PAYING';
}

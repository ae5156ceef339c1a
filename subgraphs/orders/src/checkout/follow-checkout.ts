import { setTimeout as sleep } from 'node:timers/promises';
import { advance } from './advance.ts';
import { type Answer, answerOf, meanwhileOf } from './answer.ts';
import type { CheckoutRecord, RunningCheckout } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { type Lease, LeaseLost, takeLease } from './lease.ts';
import { readCheckout } from './read-checkout.ts';

const firstPauseMs = 10;
const longestPauseMs = 250;

/**
 * Answers for a checkout that was begun before, by this caller or another: goes on with it when nobody runs it, else
 * waits for whoever does.
 * @throws {Failure} unavailable when a fault interrupted it
 */
export async function followCheckout(scope: CheckoutScope, checkoutId: string): Promise<Answer> {
  let pauseMs = firstPauseMs;
  let isFirstLook = true;
  for (let waitedMs = 0; ; waitedMs += pauseMs, pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const checkout = await readCheckout(scope, checkoutId);
    const answer = answerOf(checkout);
    if (answer !== null) {
      if (isFirstLook) await finish(scope, checkout);
      return answer;
    }
    // One that waits is asked about again by whoever comes anew; whoever waited for it takes what it came to.
    const meanwhile = isFirstLook || !isIdle(checkout) ? null : meanwhileOf(checkout);
    if (meanwhile !== null) return meanwhile;
    const lease = mayBeTaken(scope, checkout) ? await takeLease(scope, checkoutId) : null;
    if (lease !== null) return runCheckout(scope, lease);
    if (waitedMs >= scope.settings.CHECKOUT_WAIT_MS) {
      return { refused: 'checkout-in-progress', cartId: checkout.cartId };
    }
    isFirstLook = false;
    await sleep(pauseMs);
  }
}

/**
 * Runs a checkout as far as it goes, and answers for it.
 * @param known the checkout as it is, from whoever has just recorded it
 * @throws {Failure} unavailable when a fault interrupted it
 */
export async function runCheckout(
  scope: CheckoutScope,
  lease: Lease,
  known?: RunningCheckout,
): Promise<Answer> {
  try {
    const checkout = await advance(scope, lease, known);
    const answer = answerOf(checkout) ?? meanwhileOf(checkout);
    if (answer === null) throw new Error(`The checkout ${checkout.id} stopped in ${checkout.state}`);
    return answer;
  } catch (error) {
    if (!(error instanceof LeaseLost)) throw error;
    scope.logger.warn({ event: 'checkout.taken-over', checkoutId: lease.checkoutId });
    return followCheckout(scope, lease.checkoutId);
  }
}

/** One that has its answer, and stock still to be taken or given back, is tried again on the way, whatever comes of it. */
async function finish(scope: CheckoutScope, { id, state }: CheckoutRecord): Promise<void> {
  if (state !== 'COMPLETING' && state !== 'COMPENSATING') return;
  const lease = await takeLease(scope, id);
  if (lease === null) return;
  await advance(scope, lease).catch((error: unknown) => {
    scope.logger.warn({ event: 'checkout.not-finished', checkoutId: id, err: error });
  });
}

function isIdle({ leaseId }: CheckoutRecord): boolean {
  return (leaseId ?? null) === null;
}

function mayBeTaken({ clock }: CheckoutScope, { leasedUntil }: CheckoutRecord): boolean {
  return leasedUntil === null || leasedUntil === undefined || leasedUntil <= clock.now();
}

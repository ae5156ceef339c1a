import { type EntityManager, writeTime } from '@stoa/database';
import type { Context } from '../context.ts';
import { advance } from './advance.ts';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { LeaseLost, takeLease } from './lease.ts';
import { voidAndFinish } from './void-and-finish.ts';

const batchSize = 20;
/** Most of a checkout is waiting for other services. */
const atOnce = 5;

/**
 * Goes on with checkouts that are not finished and that nobody runs: those whose process stopped, and those that were
 * left waiting for CHECKOUT_RESUME_MS. Several processes may do this at once: a lease decides.
 * @returns true when there may be more
 */
export async function resumeCheckouts(context: Context): Promise<boolean> {
  const due = await findDue(context);
  const queue = [...due];
  const work = async () => {
    for (let id = queue.shift(); id !== undefined; id = queue.shift()) await resumeCheckout(context, id);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return due.length === batchSize;
}

/** Takes a checkout as far as it goes. What stops it is logged, and it is due again later. */
export async function resumeCheckout(scope: CheckoutScope, checkoutId: string): Promise<void> {
  const { logger } = scope;
  try {
    const lease = await takeLease(scope, checkoutId);
    if (lease === null) return;
    const checkout = await advance(scope, lease);
    logger.info({ event: 'checkout.resumed', checkoutId, state: checkout.state });
    if (!isGivenUp(checkout, scope)) return;
    const finished = await voidAndFinish(scope, checkout);
    logger.info({ event: 'checkout.given-up', checkoutId, state: finished?.state });
  } catch (error) {
    if (error instanceof LeaseLost) return;
    logger.warn({ event: 'checkout.not-resumed', checkoutId, err: error });
  }
}

async function findDue({ em, clock, settings }: Context): Promise<readonly string[]> {
  const now = clock.now();
  const leftSince = new Date(now.getTime() - settings.CHECKOUT_RESUME_MS);
  const rows: readonly { id: string }[] = await openCheckouts(em)
    .where((due) =>
      due
        .where('leased_until', '<=', writeTime(em, now))
        .orWhere((idle) =>
          idle.whereNull('leased_until').where('updated_at', '<=', writeTime(em, leftSince)),
        ),
    )
    .orderBy('updated_at')
    .limit(batchSize)
    .select('id');
  return rows.map(({ id }) => id);
}

/** Written out, as the partial index on those that are open is found by the text. */
function openCheckouts(em: EntityManager) {
  return em.getKnex()('checkout').whereRaw("state not in ('DONE', 'FAILED')");
}

/** A buyer who has not confirmed the payment for as long as the stock was kept will not do so any more. */
function isGivenUp({ waitsFor, createdAt }: CheckoutRecord, { clock, settings }: CheckoutScope): boolean {
  const limitMs = settings.CHECKOUT_RESERVATION_SECONDS * 1000;
  return waitsFor?.kind === 'action' && clock.now().getTime() - createdAt.getTime() >= limitMs;
}

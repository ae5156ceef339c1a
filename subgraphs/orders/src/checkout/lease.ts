import { type EntityManager, rowsOf } from '@stoa/database';
import { Checkout, type CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';

/** The right to run a checkout, for a while. Nobody else may change it as long. */
export interface Lease {
  readonly checkoutId: string;
  readonly leaseId: string;
}

/** Somebody else took the checkout over, as the lease had run out. What was about to be recorded is not. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** The columns of a lease that begins or goes on now. */
export function leaseUntil({ clock, settings }: Pick<CheckoutScope, 'clock' | 'settings'>): Date {
  return new Date(clock.now().getTime() + settings.CHECKOUT_LEASE_MS);
}

/** Takes over a checkout that is not finished and that nobody runs; null when it is finished or somebody does. */
export async function takeLease(scope: CheckoutScope, checkoutId: string): Promise<Lease | null> {
  const leaseId = scope.newId();
  const now = scope.clock.now();
  const taken = await rowsOf(scope.em).run(
    `update checkout set lease_id = ?, leased_until = ?, updated_at = ?, version = version + 1
     where id = ? and state not in ('DONE', 'FAILED') and (lease_id is null or leased_until <= ?)`,
    [leaseId, leaseUntil(scope), now, checkoutId, now],
  );
  return taken === 1 ? { checkoutId, leaseId } : null;
}

/**
 * Changes a checkout, as long as the lease holds.
 * @param em a transaction, or not
 * @throws {LeaseLost}
 */
export async function updateLeased(
  em: EntityManager,
  { checkoutId, leaseId }: Lease,
  changes: Partial<CheckoutRecord>,
): Promise<void> {
  const updated = await rowsOf(em).update(Checkout, { id: checkoutId, leaseId }, changes);
  if (updated !== 1) throw new LeaseLost(`The checkout ${checkoutId} was taken over`);
}

/** Lets go of a lease that is no longer needed. */
export async function dropLease(
  { em, clock }: Pick<CheckoutScope, 'em' | 'clock'>,
  { checkoutId, leaseId }: Lease,
): Promise<void> {
  await rowsOf(em).update(
    Checkout,
    { id: checkoutId, leaseId },
    { leaseId: null, leasedUntil: null, updatedAt: clock.now() },
  );
}

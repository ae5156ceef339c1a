import { Failure } from '@stoa/errors';
import { inTransaction } from '../transaction.ts';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { type Lease, leaseUntil, updateLeased } from './lease.ts';
import type { Move, Waiting, Write } from './step.ts';
import { steps } from './steps/index.ts';

/**
 * Gives back all that a checkout may have set aside, the last step first. When a service does not answer, the rest is
 * given back all the same, the cart to the buyer above all, and the checkout waits to be undone again.
 */
export async function undo(
  checkout: CheckoutRecord,
  scope: CheckoutScope,
  lease: Lease,
): Promise<Move | Waiting> {
  const writes: Write[] = [];
  let isUndone = true;
  for (const step of Object.values(steps).reverse()) {
    try {
      const write = await step.undo?.(checkout, scope);
      if (write) writes.push(write);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      scope.logger.warn({ event: 'checkout.not-undone', checkoutId: checkout.id, err: error });
      isUndone = false;
    }
  }
  const writeAll: Write = async (tx) => {
    for (const write of writes) await write(tx);
    return undefined;
  };
  if (isUndone) return { to: 'FAILED', write: writeAll };
  await inTransaction(scope.em, async (tx) => {
    await updateLeased(tx, lease, { leasedUntil: leaseUntil(scope) });
    await writeAll(tx);
  });
  return { waitsFor: { kind: 'stock' } };
}

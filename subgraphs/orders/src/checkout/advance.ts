import { Failure } from '@stoa/errors';
import { inTransaction } from '../transaction.ts';
import type { RunningCheckout } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { type CheckoutState, checkoutStates } from './checkout-state.ts';
import { dropLease, type Lease, LeaseLost, leaseUntil, updateLeased } from './lease.ts';
import { readCheckout } from './read-checkout.ts';
import type { Move, Waiting } from './step.ts';
import { type ForwardState, steps } from './steps/index.ts';
import { undo } from './undo.ts';

/**
 * Takes a checkout as far as it goes, step after step: to its end, or to where it has to wait. Whoever has the lease
 * may call this at any time, whatever happened before: a request, or a worker that goes on with what a crash left
 * open. The lease is given up in the end.
 * @param known the checkout as it is, from whoever has just recorded it
 * @returns the checkout as it was left
 * @throws {LeaseLost} when somebody else took over in between, which only a lease that is too short allows
 * @throws {Failure} unavailable when a service did not answer before money could be taken; all is undone then
 */
export async function advance(
  scope: CheckoutScope,
  lease: Lease,
  known?: RunningCheckout,
): Promise<RunningCheckout> {
  try {
    // Read once: nobody else changes it as long as the lease holds.
    return await takeSteps(scope, lease, known ?? (await readCheckout(scope, lease.checkoutId)));
  } catch (error) {
    // When this fails too, the lease runs out.
    if (!(error instanceof LeaseLost)) await dropLease(scope, lease).catch(() => {});
    throw error;
  }
}

async function takeSteps(
  scope: CheckoutScope,
  lease: Lease,
  start: RunningCheckout,
): Promise<RunningCheckout> {
  let checkout = start;
  let fault: Failure | undefined;
  while (!isOver(checkout.state)) {
    const result = await takeStep(checkout, scope, lease);
    if (result instanceof Failure) {
      fault = result;
      checkout = await move(scope, lease, checkout, interruptedBy(fault));
    } else if ('waitsFor' in result) {
      return wait(scope, lease, checkout, result);
    } else {
      checkout = await move(scope, lease, checkout, result);
    }
  }
  if (fault !== undefined) throw fault;
  return checkout;
}

/** Not `isFinal`: a checkout that failed may be started again, but not by going on with it. */
function isOver(state: CheckoutState): state is 'DONE' | 'FAILED' {
  return state === 'DONE' || state === 'FAILED';
}

/** Takes the step that the state has recorded, or answers the fault that undoes the checkout; any other is thrown. */
async function takeStep(
  checkout: RunningCheckout,
  scope: CheckoutScope,
  lease: Lease,
): Promise<Move | Waiting | Failure> {
  if (checkout.state === 'COMPENSATING') return undo(checkout, scope, lease);
  const step = steps[checkout.state as ForwardState];
  try {
    return await step.take(checkout, scope);
  } catch (error) {
    if (error instanceof Failure && step.onFault === 'undo') return error;
    throw error;
  }
}

function interruptedBy({ code, message }: Failure): Move {
  return { to: 'COMPENSATING', record: { outcome: { refused: 'interrupted', code, message } } };
}

async function move(
  scope: CheckoutScope,
  lease: Lease,
  checkout: RunningCheckout,
  { to, record, write }: Move,
): Promise<RunningCheckout> {
  checkoutStates.assertMove(checkout.state, to);
  const changes = {
    ...record,
    state: to,
    waitsFor: null,
    updatedAt: scope.clock.now(),
    ...(isOver(to)
      ? { leaseId: null, leasedUntil: null, paymentToken: null }
      : { leasedUntil: leaseUntil(scope) }),
  };
  if (write === undefined) {
    await updateLeased(scope.em, lease, changes);
    return { ...checkout, ...changes };
  }
  const known = await inTransaction(scope.em, async (tx) => {
    await updateLeased(tx, lease, changes);
    return write(tx);
  });
  return { ...checkout, ...changes, ...known };
}

async function wait(
  scope: CheckoutScope,
  lease: Lease,
  checkout: RunningCheckout,
  { waitsFor }: Waiting,
): Promise<RunningCheckout> {
  const changes = { waitsFor, leaseId: null, leasedUntil: null, updatedAt: scope.clock.now() };
  await updateLeased(scope.em, lease, changes);
  return { ...checkout, ...changes };
}

import { OptimisticLockError } from '@mikro-orm/core';
import { inTransaction } from '@stoa/database';
import { claim, patiently, release } from '../claim.ts';
import type { PaymentProvider } from '../providers/payment-provider.ts';
import { bringInLine } from '../reconciliation/bring-in-line.ts';
import type { PaymentsScope } from '../scope.ts';
import { applyChange, type ChangeOrigin } from './apply-change.ts';
import { afterAuthorization, type SettledOutcome } from './change.ts';
import { lockPayment, readPayment } from './find-payment.ts';
import type { Payment } from './payment.entity.ts';
import { hasEnded, isOpen, openStates } from './payment-state.ts';

/** Finds out what became of a payment that its caller has claimed; null when that cannot be told. */
export type Inquiry = (payment: Payment, provider: PaymentProvider) => Promise<SettledOutcome | null>;

/**
 * Finds out what became of a payment that is open, for a request that comes after the first. One caller at a time does so;
 * others wait for it, for two seconds at most.
 * @returns the payment as it stands; still open when the provider does not know or cannot be reached
 * @throws {Failure} not-found
 */
export async function settlePayment(
  scope: PaymentsScope,
  paymentId: string,
  inquire: Inquiry,
): Promise<Payment> {
  const settled = await patiently(async () => {
    if (await claim(scope, 'payment', paymentId, openStates)) {
      return conclude(scope, await readPayment(scope.em, paymentId), inquire);
    }
    const payment = await readPayment(scope.em, paymentId);
    return isOpen(payment.state) ? null : payment;
  });
  return settled ?? readPayment(scope.em, paymentId);
}

/** Asks about a payment that the caller has claimed, and writes down the answer. */
export async function conclude(scope: PaymentsScope, payment: Payment, inquire: Inquiry): Promise<Payment> {
  let isWritten = false;
  try {
    const outcome = await inquire(payment, scope.providers.get(payment.provider));
    if (outcome === null) return payment;
    const written = await record(scope, payment, outcome);
    isWritten = written !== null;
    return written ?? (await readPayment(scope.em, payment.id));
  } finally {
    if (!isWritten) await release(scope, 'payment', payment.id);
  }
}

/**
 * @param payment as it was before the provider was asked, which it most often still is: it is read again only when it is not
 * @returns null when there was nothing to write
 */
async function record(
  scope: PaymentsScope,
  payment: Payment,
  outcome: SettledOutcome,
): Promise<Payment | null> {
  const change = afterAuthorization(payment, outcome);
  if (change === null) return recordAfterAll(scope, payment.id, outcome);
  try {
    return await inTransaction(scope.em, (tx) => applyChange(tx, scope, payment, change, originOf(outcome)));
  } catch (error) {
    if (!(error instanceof OptimisticLockError)) throw error;
    return recordAfterAll(scope, payment.id, outcome);
  }
}

/** A webhook may have been faster; or it was voided, or given up, while the provider was asked. */
async function recordAfterAll(
  scope: PaymentsScope,
  paymentId: string,
  outcome: SettledOutcome,
): Promise<Payment | null> {
  const { written, isLate } = await inTransaction(scope.em, async (tx) => {
    const payment = await lockPayment(tx, paymentId);
    if (!isOpen(payment.state)) {
      const isMoney = outcome.status === 'approved' || outcome.status === 'action-required';
      return { written: null, isLate: isMoney && hasEnded(payment.state) };
    }
    const change = afterAuthorization(payment, outcome);
    if (change === null) return { written: null, isLate: false };
    return { written: await applyChange(tx, scope, payment, change, originOf(outcome)), isLate: false };
  });
  if (isLate) await bringInLine(scope, paymentId);
  return written;
}

function originOf(outcome: SettledOutcome): ChangeOrigin {
  const reference = outcome.status === 'failed' ? null : outcome.reference;
  return { operationId: null, reference, isSettled: true };
}

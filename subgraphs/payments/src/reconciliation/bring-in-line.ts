import { LockMode } from '@mikro-orm/core';
import { type EntityManager, inTransaction } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { sumLedger } from '../ledger/ledger-sums.ts';
import { findIn } from '../operation/ask-for-operation.ts';
import { PaymentOperation } from '../operation/payment-operation.entity.ts';
import { writeOutcome } from '../operation/write-outcome.ts';
import { afterCharge } from '../payment/after-charge.ts';
import { applyChange } from '../payment/apply-change.ts';
import { Payment } from '../payment/payment.entity.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import { ProviderTimeout } from '../providers/provider-timeout.ts';
import type { PaymentsScope } from '../scope.ts';
import { beginGivingBack } from './begin-giving-back.ts';
import { recordForeignRefunds } from './record-foreign-refunds.ts';
import { resumeOperations } from './resume-operations.ts';

/** `unknown`: the provider cannot tell now. `nothing-there`: it was never asked for the money. */
export type InLine = 'in-line' | 'nothing-there' | 'unknown';

const maximumAttempts = 5;

/**
 * Brings a payment in line with what its provider has, whoever says that something has happened: a webhook, a buyer who
 * comes back, the clock. It does not matter how often or in which order it is called, or what else is at work on the
 * payment: the provider is asked, and what it says is written under the payment's lock unless the payment has changed
 * since, in which case it is asked again. What our own requests have asked for is ended as their answer would end it;
 * money that came for a payment that had ended is written down and sent back.
 * @throws {Failure} not-found; unavailable OPERATION_IN_PROGRESS when the payment changes all the time
 */
export async function bringInLine(scope: PaymentsScope, paymentId: string): Promise<InLine> {
  const charge = await retrieveAndWrite(scope, paymentId);
  if (charge === 'unknown') return 'unknown';
  await resumeOperations(scope, paymentId);
  return charge === null ? 'nothing-there' : 'in-line';
}

async function retrieveAndWrite(
  scope: PaymentsScope,
  paymentId: string,
): Promise<ProviderCharge | null | 'unknown'> {
  for (let attempt = 1; attempt <= maximumAttempts; attempt += 1) {
    const { provider, version, providerReference } = await read(scope, paymentId);
    const charge = await retrieve(scope, provider, { paymentId, reference: providerReference ?? null });
    if (charge === null || charge === 'unknown') return charge;
    if (await write(scope, paymentId, version, charge)) return charge;
  }
  throw new Failure('unavailable', 'The payment changes all the time; try again', {
    code: 'OPERATION_IN_PROGRESS',
    details: { paymentId },
  });
}

async function retrieve(
  { providers }: PaymentsScope,
  name: string,
  payment: { paymentId: string; reference: string | null },
): Promise<ProviderCharge | null | 'unknown'> {
  try {
    return await providers.get(name).retrieve(payment);
  } catch (error) {
    if (error instanceof ProviderTimeout) return 'unknown';
    throw error;
  }
}

/** @returns false when the payment has changed since the provider was asked */
function write(
  scope: PaymentsScope,
  paymentId: string,
  version: number,
  charge: ProviderCharge,
): Promise<boolean> {
  return inTransaction(scope.em, async (tx) => {
    const payment = await tx.findOneOrFail(Payment, paymentId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (payment.version !== version) return false;
    await endOperations(tx, scope, payment, charge);
    const ledger = sumLedger(await tx.find(LedgerEntry, { paymentId }));
    const { change, giveBack } = afterCharge(payment, charge, ledger);
    if (change !== null) {
      scope.logger.info({
        event: 'payment.brought-in-line',
        paymentId,
        from: payment.state,
        to: change.state,
      });
      applyChange(tx, scope, payment, change, { operationId: null, reference: charge.reference });
      payment.claimedUntil = null;
      await tx.flush();
    }
    if (giveBack !== null) await beginGivingBack(tx, scope, payment, giveBack);
    await recordForeignRefunds(tx, scope, payment, charge);
    return true;
  });
}

/** Ends those operations of ours that the charge shows the outcome of, each as its own answer would. */
async function endOperations(
  tx: EntityManager,
  scope: PaymentsScope,
  payment: Payment,
  charge: ProviderCharge,
): Promise<void> {
  const pending = await tx.find(
    PaymentOperation,
    { paymentId: payment.id, state: 'PENDING' },
    { orderBy: { id: 'asc' } },
  );
  for (const operation of pending) {
    const outcome = findIn(charge, operation);
    if (outcome === null) continue;
    await writeOutcome(tx, scope, payment, operation, outcome);
    await tx.flush();
  }
}

async function read({ em }: PaymentsScope, paymentId: string): Promise<Payment> {
  const payment = await em.fork().findOne(Payment, paymentId);
  if (payment !== null) return payment;
  throw new Failure('not-found', `There is no payment ${paymentId}`, { code: 'PAYMENT_NOT_FOUND' });
}

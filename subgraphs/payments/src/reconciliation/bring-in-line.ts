import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import { type LedgerSums, sumLedger } from '../ledger/ledger-sums.ts';
import { findIn } from '../operation/ask-for-operation.ts';
import { PaymentOperation } from '../operation/payment-operation.entity.ts';
import { writeOutcome } from '../operation/write-outcome.ts';
import { afterCharge } from '../payment/after-charge.ts';
import { applyChange } from '../payment/apply-change.ts';
import { lockPayment, readPayment } from '../payment/find-payment.ts';
import type { Payment } from '../payment/payment.entity.ts';
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
    const payment = await readPayment(scope.em, paymentId);
    const { provider, providerReference } = payment;
    const charge = await retrieve(scope, provider, { paymentId, reference: providerReference ?? null });
    if (charge === null || charge === 'unknown') return charge;
    if (await isInLine(scope.em, payment, charge)) return charge;
    if (await write(scope, payment, charge)) return charge;
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

/** Whether there is nothing to write: so it is with most webhooks, which tell what the provider's answer has told. */
async function isInLine(em: EntityManager, payment: Payment, charge: ProviderCharge): Promise<boolean> {
  if (charge.refunds.length > 0 || payment.claimedUntil !== null) return false;
  const pending = await rowsOf(em).findOne(PaymentOperation, { paymentId: payment.id, state: 'PENDING' });
  if (pending !== null) return false;
  const { change, giveBack } = afterCharge(payment, charge, await ledgerOf(em, payment));
  return change === null && giveBack === null;
}

async function ledgerOf(em: EntityManager, { id }: Payment): Promise<LedgerSums> {
  return sumLedger(await rowsOf(em).find(LedgerEntry, { paymentId: id }));
}

/** @returns false when the payment has changed since the provider was asked */
function write(scope: PaymentsScope, known: Payment, charge: ProviderCharge): Promise<boolean> {
  return inTransaction(scope.em, async (tx) => {
    const locked = await lockPayment(tx, known.id);
    if (locked.version !== known.version) return false;
    let payment = await endOperations(tx, scope, locked, charge);
    const { change, giveBack } = afterCharge(payment, charge, await ledgerOf(tx, payment));
    if (change !== null) {
      scope.logger.info({
        event: 'payment.brought-in-line',
        paymentId: payment.id,
        from: payment.state,
        to: change.state,
      });
      const origin = { operationId: null, reference: charge.reference, isSettled: true };
      payment = await applyChange(tx, scope, payment, change, origin);
    }
    if (giveBack !== null) payment = await beginGivingBack(tx, scope, payment, giveBack);
    await recordForeignRefunds(tx, scope, payment, charge);
    return true;
  });
}

/** Ends those operations of ours that the charge shows the outcome of, each as its own answer would. */
async function endOperations(
  tx: EntityManager,
  scope: PaymentsScope,
  before: Payment,
  charge: ProviderCharge,
): Promise<Payment> {
  const pending = await rowsOf(tx).find(
    PaymentOperation,
    { paymentId: before.id, state: 'PENDING' },
    { orderBy: { id: 'asc' } },
  );
  let payment = before;
  for (const operation of pending) {
    const outcome = findIn(charge, operation);
    if (outcome !== null) ({ payment } = await writeOutcome(tx, scope, payment, operation, outcome));
  }
  return payment;
}

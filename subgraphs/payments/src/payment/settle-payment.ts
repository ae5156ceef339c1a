import { LockMode } from '@mikro-orm/core';
import { Failure } from '@stoa/errors';
import { claim, patiently, release } from '../claim.ts';
import type { AuthorizationOutcome, PaymentProvider, ProviderCharge } from '../providers/payment-provider.ts';
import { ProviderTimeout } from '../providers/provider-timeout.ts';
import type { PaymentsScope } from '../scope.ts';
import { applyChange } from './apply-change.ts';
import { afterAuthorization, type SettledOutcome } from './change.ts';
import { Payment } from './payment.entity.ts';
import { isOpen, openStates } from './payment-state.ts';

/** Finds out what became of a payment that its caller has claimed; null when that cannot be told. */
export type Inquiry = (payment: Payment, provider: PaymentProvider) => Promise<SettledOutcome | null>;

/**
 * Brings a payment that is open in line with what its provider has. For who comes after the first caller: a repeated
 * request, a buyer who has confirmed. One caller at a time does so; others wait for it, for two seconds at most.
 * @returns the payment as it stands; still open when the provider does not know or cannot be reached
 * @throws {Failure} not-found
 */
export async function settlePayment(
  scope: PaymentsScope,
  paymentId: string,
  inquire: Inquiry = lookAtProvider,
): Promise<Payment> {
  const settled = await patiently(async () => {
    if (await claim(scope, 'payment', paymentId, openStates)) {
      return conclude(scope, await read(scope, paymentId), inquire);
    }
    const payment = await read(scope, paymentId);
    return isOpen(payment.state) ? null : payment;
  });
  return settled ?? read(scope, paymentId);
}

/** Asks about a payment that the caller has claimed, and writes down the answer. */
export async function conclude(scope: PaymentsScope, payment: Payment, inquire: Inquiry): Promise<Payment> {
  let isWritten = false;
  try {
    const outcome = await inquire(payment, scope.providers.get(payment.provider));
    if (outcome === null) return payment;
    const written = await record(scope, payment.id, outcome);
    isWritten = written !== null;
    return written ?? payment;
  } finally {
    if (!isWritten) await release(scope, 'payment', payment.id);
  }
}

/** @returns null when there was nothing to write */
async function record(
  scope: PaymentsScope,
  paymentId: string,
  outcome: SettledOutcome,
): Promise<Payment | null> {
  return scope.em.fork().transactional(async (tx) => {
    const payment = await tx.findOneOrFail(Payment, paymentId, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const change = isOpen(payment.state) ? afterAuthorization(payment, outcome) : null;
    if (change === null) {
      if (!isOpen(payment.state)) {
        // Voided while the provider was asked, or its claim outlived: reconciliation compares the two books.
        scope.logger.warn({
          event: 'payment.late-outcome',
          paymentId,
          state: payment.state,
          outcome: outcome.status,
        });
      }
      return null;
    }
    const reference = outcome.status === 'failed' ? null : outcome.reference;
    applyChange(tx, scope, payment, change, { operationId: null, reference });
    payment.claimedUntil = null;
    return payment;
  });
}

async function read(scope: PaymentsScope, paymentId: string): Promise<Payment> {
  const payment = await scope.em.fork().findOne(Payment, paymentId);
  if (payment !== null) return payment;
  throw new Failure('not-found', `There is no payment ${paymentId}`, { code: 'PAYMENT_NOT_FOUND' });
}

const lookAtProvider: Inquiry = async (payment, provider) => {
  try {
    const charge = await provider.retrieve({
      paymentId: payment.id,
      reference: payment.providerReference ?? null,
    });
    return charge === null ? null : outcomeOf(charge);
  } catch (error) {
    if (error instanceof ProviderTimeout) return null;
    throw error;
  }
};

/** What a charge says of its authorisation. */
export function outcomeOf(charge: ProviderCharge): AuthorizationOutcome {
  const { reference, method } = charge;
  switch (charge.state) {
    case 'authorized':
      return { status: 'approved', reference, method, isCaptured: false };
    case 'captured':
      return { status: 'approved', reference, method, isCaptured: true };
    case 'action-required':
      return { status: 'action-required', reference, method, url: charge.actionUrl ?? '' };
    case 'declined':
      return { status: 'declined', reference, method, ...(charge.refusal ?? unexplained) };
    case 'voided':
      return { status: 'declined', reference, method, ...cancelled };
  }
}

const unexplained = { code: 'declined', message: 'The payment was declined' };
const cancelled = { code: 'cancelled', message: 'The payment was cancelled before it was confirmed' };

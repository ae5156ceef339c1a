import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { isId } from '@stoa/clock';
import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { isCurrencyCode } from '@stoa/money';
import { claimedUntil } from '../claim.ts';
import { fingerprint } from '../fingerprint.ts';
import { idempotencyKeyFault, idempotencyKeyReusedFailure } from '../idempotency.ts';
import { afterPause } from '../reconciliation/next-check.ts';
import type { PaymentsScope } from '../scope.ts';
import { findPayment } from './find-payment.ts';
import { Payment } from './payment.entity.ts';
import { paymentStates } from './payment-state.ts';

export interface AuthorizeInput {
  readonly idempotencyKey: string;
  /** Chosen by the caller, a UUID. */
  readonly paymentId: string;
  readonly orderId: string;
  /** Null for a guest. */
  readonly ownerId: string | null;
  readonly provider: string;
  /** The provider's token for the card. It is passed on and never kept. */
  readonly token: string;
  /** In minor units, above zero. */
  readonly amount: number;
  readonly currency: string;
  /** Takes the money as soon as it is authorised. */
  readonly capture: boolean;
}

/**
 * Writes down that a payment begins, before anybody is asked for money.
 * @returns the payment, already claimed when it is new; the one that began under this idempotency key when there is one
 * @throws {Failure} bad-input; conflict when the key or the payment's id came with other input
 */
export async function startPayment(
  scope: PaymentsScope,
  input: AuthorizeInput,
): Promise<{ payment: Payment; isNew: boolean }> {
  checkInput(input);
  const print = fingerprint(
    input.paymentId,
    input.orderId,
    input.ownerId,
    input.provider,
    input.token,
    input.amount,
    input.currency,
    input.capture,
  );
  try {
    return { payment: await insert(scope, input, print), isNew: true };
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
  }
  return { payment: sameInput(await find(scope, input), input, print), isNew: false };
}

async function insert(scope: PaymentsScope, input: AuthorizeInput, print: string): Promise<Payment> {
  const now = scope.clock.now();
  const payment: Payment = {
    id: input.paymentId,
    version: 1,
    createdAt: now,
    updatedAt: now,
    orderId: input.orderId,
    ownerId: input.ownerId,
    provider: input.provider,
    state: paymentStates.initial,
    currency: input.currency,
    amount: input.amount,
    captured: 0,
    refunded: 0,
    refundReserved: 0,
    isCapturedAtOnce: input.capture,
    idempotencyKey: input.idempotencyKey,
    fingerprint: print,
    providerReference: null,
    method: null,
    failureCode: null,
    failureMessage: null,
    actionUrl: null,
    claimedUntil: claimedUntil(scope.clock),
    nextCheckAt: afterPause(now, 0, scope.settings.PAYMENT_RECONCILE_AFTER_SECONDS * 1000),
  };
  await rowsOf(scope.em).insert(Payment, payment);
  return payment;
}

/** The payment whose key or id was taken. */
async function find(scope: PaymentsScope, { idempotencyKey, paymentId }: AuthorizeInput): Promise<Payment> {
  const payment =
    (await rowsOf(scope.em).findOne(Payment, { idempotencyKey })) ?? (await findPayment(scope.em, paymentId));
  if (payment === null) throw new Error(`Expected the payment ${paymentId}`);
  return payment;
}

function sameInput(payment: Payment, input: AuthorizeInput, print: string): Payment {
  if (payment.idempotencyKey !== input.idempotencyKey) {
    throw new Failure(
      'conflict',
      `The payment ${input.paymentId} was started with another idempotency key: choose a new id for a new payment`,
      { code: 'PAYMENT_ID_TAKEN' },
    );
  }
  if (payment.fingerprint !== print) throw idempotencyKeyReusedFailure();
  return payment;
}

function checkInput(input: AuthorizeInput): void {
  const faults = [
    idempotencyKeyFault(input.idempotencyKey),
    isId(input.paymentId)
      ? null
      : `Expected payment_id to be a UUID, found ${JSON.stringify(input.paymentId)}`,
    input.orderId === '' || input.orderId.length > 36
      ? `Expected order_id to be an order's id, found ${JSON.stringify(input.orderId)}`
      : null,
    input.token === '' ? 'Expected a token of the provider, found none' : null,
    Number.isSafeInteger(input.amount) && input.amount > 0
      ? null
      : `Expected an amount above zero in whole minor units, found ${input.amount}`,
    isCurrencyCode(input.currency)
      ? null
      : `Expected an ISO 4217 currency code such as EUR, found ${JSON.stringify(input.currency)}`,
  ].filter((fault) => fault !== null);
  if (faults.length > 0) throw new Failure('bad-input', faults.join('; '));
}

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { isId } from '@stoa/clock';
import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { claimedUntil } from '../claim.ts';
import { idempotencyKeyReused } from '../idempotency.ts';
import { Payment } from '../payment/payment.entity.ts';
import { canSee } from '../payment/visibility.ts';
import { afterPause } from '../reconciliation/next-check.ts';
import type { PaymentsScope } from '../scope.ts';
import {
  fingerprintOf,
  type OperationRefusal,
  type OperationRequest,
  refusalOf,
} from './operation-request.ts';
import { PaymentOperation } from './payment-operation.entity.ts';

export type Begun =
  /** Written down and claimed: the provider is to be asked. */
  | { readonly kind: 'new'; readonly payment: Payment; readonly operation: PaymentOperation }
  /** Began before, under this key. */
  | { readonly kind: 'known'; readonly payment: Payment; readonly operation: PaymentOperation }
  /** Another capture or void of the payment has to end first. */
  | { readonly kind: 'busy'; readonly payment: Payment; readonly operation: PaymentOperation }
  | { readonly kind: 'refused'; readonly refusal: OperationRefusal };

/**
 * Writes down that an operation begins, before the provider is asked. The payment's row is locked meanwhile, and a
 * refund's amount is set aside, so that refunds at once never exceed what was captured; a check of the database
 * keeps this too.
 */
export async function beginOperation(scope: PaymentsScope, request: OperationRequest): Promise<Begun> {
  try {
    return await begin(scope, request);
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    // The same key came with another payment at the same time, whose lock was another: now it can be seen.
    return begin(scope, request);
  }
}

async function begin(scope: PaymentsScope, request: OperationRequest): Promise<Begun> {
  return inTransaction(scope.em, async (tx) => {
    const payment = await lockVisible(tx, scope, request.paymentId);
    if (payment === null) {
      // The same answer for a payment that is somebody else's, so that nobody learns that it exists.
      const message = `There is no payment ${request.paymentId}`;
      return { kind: 'refused', refusal: { kind: 'payment-not-found', message } };
    }
    const known = await rowsOf(tx).findOne(PaymentOperation, { idempotencyKey: request.idempotencyKey });
    if (known !== null) {
      return known.fingerprint === fingerprintOf(request)
        ? { kind: 'known', payment, operation: known }
        : { kind: 'refused', refusal: { kind: 'key-reused', message: idempotencyKeyReused } };
    }
    const pending = request.kind === 'REFUND' ? null : await pendingOf(tx, payment);
    if (pending !== null) return { kind: 'busy', payment, operation: pending };
    const refusal = refusalOf(payment, request);
    if (refusal !== null) return { kind: 'refused', refusal };
    const now = scope.clock.now();
    const begun = await rowsOf(tx).change(Payment, payment, {
      ...(request.kind === 'REFUND' ? { refundReserved: payment.refundReserved + request.amount } : {}),
      // Whatever becomes of this process, somebody asks what became of the operation.
      nextCheckAt: afterPause(now, 0, scope.settings.PAYMENT_RECONCILE_AFTER_SECONDS * 1000),
    });
    return { kind: 'new', payment: begun, operation: await createOperation(tx, scope, payment, request) };
  });
}

async function lockVisible(tx: EntityManager, { call }: PaymentsScope, id: string): Promise<Payment | null> {
  if (!isId(id)) return null;
  const payment = await rowsOf(tx).findOne(Payment, { id }, { lock: true });
  return payment !== null && canSee(call.viewer, { ownerId: payment.ownerId ?? null }) ? payment : null;
}

function pendingOf(tx: EntityManager, payment: Payment): Promise<PaymentOperation | null> {
  return rowsOf(tx).findOne(PaymentOperation, {
    paymentId: payment.id,
    state: 'PENDING',
    kind: ['CAPTURE', 'VOID'],
  });
}

async function createOperation(
  tx: EntityManager,
  { clock, newId }: PaymentsScope,
  payment: Payment,
  request: OperationRequest,
): Promise<PaymentOperation> {
  const now = clock.now();
  const operation: PaymentOperation = {
    id: newId(),
    version: 1,
    createdAt: now,
    updatedAt: now,
    paymentId: payment.id,
    kind: request.kind,
    state: 'PENDING',
    amount: request.kind === 'REFUND' ? request.amount : payment.amount,
    currency: payment.currency,
    reason: request.kind === 'REFUND' ? request.reason : null,
    idempotencyKey: request.idempotencyKey,
    fingerprint: fingerprintOf(request),
    failureCode: null,
    failureMessage: null,
    claimedUntil: claimedUntil(clock),
  };
  await rowsOf(tx).insert(PaymentOperation, operation);
  return operation;
}

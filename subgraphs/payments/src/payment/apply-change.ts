import { type EntityManager, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import type { Refusal } from '../providers/payment-provider.ts';
import { nextCheck } from '../reconciliation/next-check.ts';
import type { PaymentsScope } from '../scope.ts';
import type { Change } from './change.ts';
import { Payment } from './payment.entity.ts';
import { paymentStates } from './payment-state.ts';

export interface ChangeOrigin {
  /** Null for what the authorisation itself did. */
  readonly operationId: string | null;
  /** The provider's name for the movement; null when no money moved. */
  readonly reference: string | null;
  /** Why the operation was refused, for its event. */
  readonly refusal?: Refusal;
  /** Whether it ends what a caller has claimed the payment for. */
  readonly isSettled?: boolean;
}

/**
 * Writes a change to the payment, its ledger and the outbox, in the caller's transaction.
 * @returns the payment as it is then
 * @throws {Failure} ILLEGAL_TRANSITION when the payment may not go there
 */
export async function applyChange(
  tx: EntityManager,
  { clock, newId, call, settings }: PaymentsScope,
  before: Payment,
  change: Change,
  origin: ChangeOrigin,
): Promise<Payment> {
  const at = clock.now();
  if (change.state !== before.state) paymentStates.assertMove(before.state, change.state);
  const changes: Partial<Payment> = {
    ...change.set,
    ...(change.failure === undefined
      ? {}
      : { failureCode: change.failure?.code ?? null, failureMessage: change.failure?.message ?? null }),
    ...(origin.isSettled === true ? { claimedUntil: null } : {}),
    state: change.state,
    updatedAt: at,
  };
  const rows = rowsOf(tx);
  const payment = await rows.change(Payment, before, {
    ...changes,
    nextCheckAt: nextCheck({ ...before, ...changes }, at, settings),
  });
  const entries = change.entries.map((entry) => ({
    ...entry,
    id: newId(),
    paymentId: payment.id,
    operationId: origin.operationId,
    currency: payment.currency,
    // A hold that was lost has no movement of its own at the provider: it goes by the payment's name there.
    providerReference: origin.reference ?? payment.providerReference ?? '',
    at,
  }));
  await rows.insert(LedgerEntry, ...entries);
  if (change.event !== null) {
    recordEvent(
      tx,
      change.event,
      { id: newId(), aggregateId: payment.id, requestId: call.requestId, occurredAt: at },
      {
        paymentId: payment.id,
        orderId: payment.orderId,
        amount: change.eventAmount ?? payment.amount,
        currency: payment.currency,
        refundId: origin.operationId ?? undefined,
        ...origin.refusal,
      },
    );
  }
  return payment;
}

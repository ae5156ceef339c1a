import type { EntityManager } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { LedgerEntry } from '../ledger/ledger-entry.entity.ts';
import type { Refusal } from '../providers/payment-provider.ts';
import { nextCheck } from '../reconciliation/next-check.ts';
import type { PaymentsScope } from '../scope.ts';
import type { Change } from './change.ts';
import type { Payment } from './payment.entity.ts';
import { paymentStates } from './payment-state.ts';

export interface ChangeOrigin {
  /** Null for what the authorisation itself did. */
  readonly operationId: string | null;
  /** The provider's name for the movement; null when no money moved. */
  readonly reference: string | null;
  /** Why the operation was refused, for its event. */
  readonly refusal?: Refusal;
}

/**
 * Writes a change to the payment, its ledger and the outbox, in the caller's transaction.
 * @throws {Failure} ILLEGAL_TRANSITION when the payment may not go there
 */
export function applyChange(
  tx: EntityManager,
  { clock, newId, call, settings }: PaymentsScope,
  payment: Payment,
  change: Change,
  origin: ChangeOrigin,
): void {
  const at = clock.now();
  if (change.state !== payment.state) {
    paymentStates.assertMove(payment.state, change.state);
    payment.state = change.state;
  }
  Object.assign(payment, change.set);
  if (change.failure !== undefined) {
    payment.failureCode = change.failure?.code ?? null;
    payment.failureMessage = change.failure?.message ?? null;
  }
  payment.updatedAt = at;
  payment.nextCheckAt = nextCheck(payment, at, settings);

  for (const entry of change.entries) {
    tx.create(LedgerEntry, {
      ...entry,
      id: newId(),
      paymentId: payment.id,
      operationId: origin.operationId,
      currency: payment.currency,
      // A hold that was lost has no movement of its own at the provider: it goes by the payment's name there.
      providerReference: origin.reference ?? payment.providerReference ?? '',
      at,
    });
  }
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
}

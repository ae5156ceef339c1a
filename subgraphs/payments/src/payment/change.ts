import type { EventDefinition } from '@stoa/events';
import {
  latePaymentReturned,
  paymentActionRequired,
  paymentAuthorized,
  paymentCaptured,
  paymentDeclined,
  paymentFailed,
  paymentRefunded,
  paymentVoided,
  refundFailed,
} from '../events.ts';
import type { LedgerEntryKind } from '../ledger/ledger-entry.entity.ts';
import type {
  AuthorizationOutcome,
  CaptureOutcome,
  MovementOutcome,
  Refusal,
} from '../providers/payment-provider.ts';
import type { Payment } from './payment.entity.ts';
import { hasEnded, type PaymentState } from './payment-state.ts';

/** What an outcome does to a payment, its ledger and the world: decided here, written by apply-change.ts. */
export interface Change {
  readonly state: PaymentState;
  /** The payment's new values; what is left out stays. */
  readonly set: Partial<
    Pick<Payment, 'captured' | 'refunded' | 'refundReserved' | 'providerReference' | 'method' | 'actionUrl'>
  >;
  /** Null clears what an earlier attempt left; left out, it stays. */
  readonly failure?: Refusal | null;
  readonly entries: readonly { readonly kind: LedgerEntryKind; readonly amount: number }[];
  readonly event: PaymentEvent | null;
  /** What the event tells; the payment's amount unless said. */
  readonly eventAmount?: number;
}

export type PaymentEvent = EventDefinition<{
  paymentId: string;
  orderId: string;
  amount: number;
  currency: string;
  refundId?: string | undefined;
  code?: string | undefined;
  message?: string | undefined;
}>;

/** What the rules look at. */
export type PaymentFacts = Pick<Payment, 'state' | 'amount' | 'captured' | 'refunded' | 'refundReserved'>;

/** An authorisation's outcome, or that it was lost on the way and nothing was taken. */
export type SettledOutcome = AuthorizationOutcome | ({ readonly status: 'failed' } & Refusal);

/** Null when there is nothing new: the buyer has not confirmed yet. */
export function afterAuthorization(payment: PaymentFacts, outcome: SettledOutcome): Change | null {
  switch (outcome.status) {
    case 'approved': {
      const set = { providerReference: outcome.reference, method: outcome.method, actionUrl: null };
      const held = { kind: 'AUTHORIZATION', amount: payment.amount } as const;
      if (!outcome.isCaptured) {
        return { state: 'AUTHORIZED', set, failure: null, entries: [held], event: paymentAuthorized };
      }
      return {
        state: 'CAPTURED',
        set: { ...set, captured: payment.amount },
        failure: null,
        entries: [held, { kind: 'CAPTURE', amount: payment.amount }],
        event: paymentCaptured,
      };
    }
    case 'action-required':
      if (payment.state === 'REQUIRES_ACTION') return null;
      return {
        state: 'REQUIRES_ACTION',
        set: { providerReference: outcome.reference, method: outcome.method, actionUrl: outcome.url },
        failure: null,
        entries: [],
        event: paymentActionRequired,
      };
    case 'declined':
      return {
        state: 'DECLINED',
        set: {
          ...(outcome.reference === null ? {} : { providerReference: outcome.reference }),
          method: outcome.method,
          actionUrl: null,
        },
        failure: refusalOf(outcome),
        entries: [],
        event: paymentDeclined,
      };
    case 'failed':
      return {
        state: 'FAILED',
        set: { actionUrl: null },
        failure: refusalOf(outcome),
        entries: [],
        event: paymentFailed,
      };
  }
}

/**
 * A refused capture leaves the payment AUTHORIZED, to be tried again, with the reason told. Only when the provider says
 * that the hold is gone the payment FAILED, and the ledger lets go of the hold.
 */
export function afterCapture(payment: PaymentFacts, outcome: CaptureOutcome): Change {
  if (outcome.status === 'approved') {
    return {
      state: 'CAPTURED',
      set: { captured: payment.amount },
      failure: null,
      entries: [{ kind: 'CAPTURE', amount: payment.amount }],
      event: paymentCaptured,
    };
  }
  const failure = refusalOf(outcome);
  if (!outcome.isHoldLost) return { state: payment.state, set: {}, failure, entries: [], event: null };
  return {
    state: 'FAILED',
    set: {},
    failure,
    entries: [{ kind: 'VOID', amount: -payment.amount }],
    event: paymentFailed,
  };
}

/**
 * A payment that the buyer never confirmed held no money, and the ledger has nothing to let go of. One that had ended
 * before the money came stays as it ended.
 * @param held what is on hold by the ledger
 */
export function afterVoid(payment: PaymentFacts, outcome: MovementOutcome, held: number): Change | null {
  if (outcome.status === 'declined') return null;
  const entries: Change['entries'] = held > 0 ? [{ kind: 'VOID', amount: -held }] : [];
  if (hasEnded(payment.state)) {
    return { state: payment.state, set: {}, entries, event: held > 0 ? latePaymentReturned : null };
  }
  return { state: 'VOIDED', set: { actionUrl: null }, failure: null, entries, event: paymentVoided };
}

/**
 * A refused refund tells why by itself; nothing is wrong with the payment.
 * @param amount of the refund, which was set aside when it began
 */
export function afterRefund(payment: PaymentFacts, amount: number, outcome: MovementOutcome): Change {
  const refundReserved = payment.refundReserved - amount;
  const eventAmount = amount;
  if (outcome.status === 'declined') {
    return { state: payment.state, set: { refundReserved }, entries: [], event: refundFailed, eventAmount };
  }
  const refunded = payment.refunded + amount;
  const change = {
    set: { refundReserved, refunded },
    entries: [{ kind: 'REFUND', amount: -amount }],
    eventAmount,
  } as const;
  if (hasEnded(payment.state)) return { ...change, state: payment.state, event: latePaymentReturned };
  return {
    ...change,
    state: refunded === payment.captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED',
    failure: null,
    event: paymentRefunded,
  };
}

function refusalOf({ code, message }: Refusal): Refusal {
  return { code, message };
}

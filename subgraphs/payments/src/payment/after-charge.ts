import { latePaymentReturned, paymentSettledLate } from '../events.ts';
import type { LedgerSums } from '../ledger/ledger-sums.ts';
import { holdLost } from '../operation/hold-lost.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import { afterAuthorization, afterCapture, type Change, type PaymentFacts } from './change.ts';
import { outcomeOf } from './outcome-of.ts';
import { hasEnded, isOpen, type PaymentState } from './payment-state.ts';

/** What is to be done about a payment that differs from what its provider has. */
export interface Alignment {
  /** Null when nothing is to be written. */
  readonly change: Change | null;
  /** What the provider has to be asked for, so that money which pays for nothing goes back. */
  readonly giveBack: 'REFUND' | 'VOID' | null;
}

const nothing: Alignment = { change: null, giveBack: null };

/**
 * Compares a payment with the charge that its provider has, refunds aside. Payments only move forward: a charge that is
 * behind its payment (an old answer, say) changes nothing.
 */
export function afterCharge(payment: PaymentFacts, charge: ProviderCharge, ledger: LedgerSums): Alignment {
  if (hasEnded(payment.state)) return afterEnd(payment, charge, ledger);
  if (isOpen(payment.state)) {
    return { change: afterAuthorization(payment, outcomeOf(charge)), giveBack: null };
  }
  if (payment.state !== 'AUTHORIZED') return nothing;
  switch (charge.state) {
    case 'captured':
      return {
        change: afterCapture(payment, { status: 'approved', reference: charge.reference }),
        giveBack: null,
      };
    case 'voided':
    case 'declined':
      return {
        change: afterCapture(payment, { status: 'declined', isHoldLost: true, ...holdLost }),
        giveBack: null,
      };
    default:
      return nothing;
  }
}

/** The order has gone another way, with another payment perhaps: the payment stays as it ended and the money goes back. */
function afterEnd(payment: PaymentFacts, charge: ProviderCharge, ledger: LedgerSums): Alignment {
  const hold = ledger.authorized === 0 ? ([{ kind: 'AUTHORIZATION', amount: payment.amount }] as const) : [];
  const late = { state: payment.state, event: paymentSettledLate } as const;
  switch (charge.state) {
    case 'captured':
      if (ledger.captured > 0) {
        const isLeft = payment.captured > payment.refunded + payment.refundReserved;
        return { change: null, giveBack: isLeft ? 'REFUND' : null };
      }
      return {
        change: {
          ...late,
          set: { captured: payment.amount, providerReference: charge.reference },
          entries: [...hold, { kind: 'CAPTURE', amount: payment.amount }],
        },
        giveBack: 'REFUND',
      };
    case 'authorized':
      return {
        change:
          hold.length === 0 ? null : { ...late, set: { providerReference: charge.reference }, entries: hold },
        giveBack: 'VOID',
      };
    // The buyer could still confirm it.
    case 'action-required':
      return {
        change: {
          state: payment.state,
          set: { providerReference: charge.reference },
          entries: [],
          event: null,
        },
        giveBack: 'VOID',
      };
    // It may run out at the provider before that has let go of it for us.
    case 'voided':
    case 'declined':
      return { change: ledger.captured > 0 ? null : holdGone(payment.state, ledger.held), giveBack: null };
  }
}

function holdGone(state: PaymentState, held: number): Change | null {
  if (held === 0) return null;
  return { state, set: {}, entries: [{ kind: 'VOID', amount: -held }], event: latePaymentReturned };
}

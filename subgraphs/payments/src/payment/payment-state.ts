import { defineStateMachine } from '@stoa/state-machine';

export type PaymentState =
  | 'CREATED'
  | 'REQUIRES_ACTION'
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'DECLINED'
  | 'FAILED'
  | 'VOIDED'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED';

/** How a payment goes from state to state. Further partial refunds leave it PARTIALLY_REFUNDED. */
export const paymentStates = defineStateMachine<PaymentState>('Payment', 'CREATED', {
  CREATED: ['AUTHORIZED', 'CAPTURED', 'REQUIRES_ACTION', 'DECLINED', 'FAILED'],
  REQUIRES_ACTION: ['AUTHORIZED', 'CAPTURED', 'DECLINED', 'FAILED', 'VOIDED'],
  AUTHORIZED: ['CAPTURED', 'VOIDED', 'FAILED'],
  CAPTURED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
  PARTIALLY_REFUNDED: ['REFUNDED'],
  DECLINED: [],
  FAILED: [],
  VOIDED: [],
  REFUNDED: [],
});

/** Whether the provider has still to say what becomes of the payment. */
export function isOpen(state: PaymentState): boolean {
  return openStates.includes(state);
}

export const openStates: readonly PaymentState[] = ['CREATED', 'REQUIRES_ACTION'];

/** Whether it came to nothing: no money of it is the shop's, and what the provider takes all the same goes back. */
export function hasEnded(state: PaymentState): boolean {
  return state === 'DECLINED' || state === 'FAILED' || state === 'VOIDED';
}

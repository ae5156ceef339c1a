import { defineStateMachine } from '@stoa/state-machine';

/**
 * How far a checkout has come. A state is recorded before the step that it names is taken, so that a process that
 * stops at any moment leaves behind which step may have been taken.
 */
export type CheckoutState =
  /** The cart is locked; its price is to be asked. */
  | 'STARTED'
  /** What the buyer agrees to and the reservation's id are recorded; the stock may be set aside. */
  | 'RESERVING'
  /** The stock is set aside, the order written and the payment's id recorded; money may have been taken. */
  | 'PAYING'
  /** The order is paid; the stock is to be taken for good. */
  | 'COMPLETING'
  | 'DONE'
  /** It cannot be finished, nothing was taken, and what was set aside is being given back. */
  | 'COMPENSATING'
  | 'FAILED';

export const checkoutStates = defineStateMachine<CheckoutState>('Checkout', 'STARTED', {
  STARTED: ['RESERVING', 'COMPENSATING'],
  // Again with another reservation, when the first ran out of time; past PAYING when there is nothing to pay.
  RESERVING: ['PAYING', 'COMPLETING', 'RESERVING', 'COMPENSATING'],
  PAYING: ['COMPLETING', 'COMPENSATING'],
  COMPLETING: ['DONE', 'COMPLETING'],
  DONE: [],
  COMPENSATING: ['FAILED'],
  // One that a fault interrupted before anything was asked of the buyer's card starts again with its key.
  FAILED: ['STARTED'],
});

import { defineStateMachine } from '@stoa/state-machine';

export type OrderState =
  | 'PENDING_PAYMENT'
  | 'PAYMENT_FAILED'
  | 'PAID'
  | 'PARTIALLY_FULFILLED'
  | 'FULFILLED'
  | 'DELIVERED'
  | 'PARTIALLY_RETURNED'
  | 'RETURNED'
  | 'CANCELLED';

/** The life of an order. Checked when the process starts. */
export const orderStates = defineStateMachine<OrderState>('Order', 'PENDING_PAYMENT', {
  PENDING_PAYMENT: ['PAID', 'PAYMENT_FAILED', 'CANCELLED'],
  PAYMENT_FAILED: ['PENDING_PAYMENT', 'CANCELLED'],
  PAID: ['PARTIALLY_FULFILLED', 'FULFILLED', 'CANCELLED'],
  PARTIALLY_FULFILLED: ['FULFILLED', 'CANCELLED'],
  FULFILLED: ['DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED'],
  DELIVERED: ['PARTIALLY_RETURNED', 'RETURNED'],
  // What came back in part may come back whole.
  PARTIALLY_RETURNED: ['RETURNED'],
  RETURNED: [],
  CANCELLED: [],
});

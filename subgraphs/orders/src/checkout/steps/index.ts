import type { CheckoutState } from '../checkout-state.ts';
import type { Step } from '../step.ts';
import { commitStock } from './commit-stock.ts';
import { reserveStock } from './reserve-stock.ts';
import { takePayment } from './take-payment.ts';
import { takeQuote } from './take-quote.ts';

/** The states in which a checkout goes forward. */
export type ForwardState = Exclude<CheckoutState, 'COMPENSATING' | 'DONE' | 'FAILED'>;

/** What a checkout does in each state on its way forward, in that order. Undoing goes the other way. */
export const steps: Readonly<Record<ForwardState, Step>> = {
  STARTED: takeQuote,
  RESERVING: reserveStock,
  PAYING: takePayment,
  COMPLETING: commitStock,
};

import type { EntityManager } from '@stoa/database';
import type { CheckoutRecord, Known, RunningCheckout, Wait } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import type { CheckoutState } from './checkout-state.ts';

/** Where a checkout goes on: recorded in one transaction with what changes in this database because of it. */
export interface Move {
  readonly to: CheckoutState;
  readonly record?: Partial<
    Pick<CheckoutRecord, 'snapshot' | 'orderId' | 'reservationId' | 'paymentId' | 'outcome'>
  >;
  readonly write?: Write;
}

/** Changes this database, inside the transaction that records the move, and tells what is known by it. It must not ask the network. */
export type Write = (tx: EntityManager) => Promise<Known | undefined>;

/** It cannot go on now; whoever comes next tries again. */
export interface Waiting {
  readonly waitsFor: Wait;
}

/** What a checkout does in one of its states. Both functions may run more than once, and must not mind. */
export interface Step {
  /** Takes the step that the state has recorded. */
  take(checkout: RunningCheckout, scope: CheckoutScope): Promise<Move | Waiting>;
  /**
   * Gives back, over the network, what taking the step may have set aside; answers what is to be changed in this
   * database. Left out where there is nothing to give back.
   */
  undo?(checkout: CheckoutRecord, scope: CheckoutScope): Promise<Write | null>;
  /**
   * What a fault (a service that does not answer) does to the checkout: it is undone, as long as no money can have
   * been taken, and kept for another try after that.
   */
  readonly onFault: 'undo' | 'keep';
}

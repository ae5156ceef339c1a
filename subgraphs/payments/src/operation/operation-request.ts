import type { Money } from '@stoa/money';
import { fingerprint } from '../fingerprint.ts';
import { idempotencyKeyFault } from '../idempotency.ts';
import type { PaymentFacts } from '../payment/change.ts';
import { hasEnded, type PaymentState, paymentStates } from '../payment/payment-state.ts';

interface RequestBase {
  readonly paymentId: string;
  readonly idempotencyKey: string;
}

/** All of the payment's amount. */
export interface WholeRequest extends RequestBase {
  readonly kind: 'CAPTURE' | 'VOID';
}

export interface RefundRequest extends RequestBase {
  readonly kind: 'REFUND';
  /** In minor units. */
  readonly amount: number;
  /** Null when the caller takes the payment's currency for granted. */
  readonly currency: string | null;
  readonly reason: string | null;
}

export type OperationRequest = WholeRequest | RefundRequest;

/** Why an operation does not begin; nothing has been changed then. */
export type OperationRefusal = WholeRefusal | RefundExceedsCaptured;

export interface RefundExceedsCaptured {
  readonly kind: 'exceeds-captured';
  readonly message: string;
  readonly refundable: Money;
}

/** Why a capture or a void does not begin. */
export type WholeRefusal =
  | { readonly kind: 'payment-not-found'; readonly message: string }
  | { readonly kind: 'key-reused'; readonly message: string }
  | { readonly kind: 'wrong-state'; readonly message: string; readonly state: PaymentState }
  | { readonly kind: 'invalid-input'; readonly message: string; readonly field: string };

const maximumReasonLength = 500;

/** What is wrong with a request by itself; null when nothing is. */
export function faultOf(request: OperationRequest): OperationRefusal | null {
  const invalid = (field: string, message: string) => ({ kind: 'invalid-input', field, message }) as const;
  const keyFault = idempotencyKeyFault(request.idempotencyKey);
  if (keyFault !== null) return invalid('idempotencyKey', keyFault);
  if (request.kind !== 'REFUND') return null;
  if (!Number.isSafeInteger(request.amount) || request.amount <= 0) {
    return invalid('amount', `Expected an amount above zero in whole minor units, found ${request.amount}`);
  }
  const length = request.reason?.length ?? 0;
  if (length > maximumReasonLength) {
    return invalid(
      'reason',
      `Expected a reason of at most ${maximumReasonLength} characters, found ${length}`,
    );
  }
  return null;
}

/** Why a payment as it stands does not allow an operation; null when it does. */
export function refusalOf(
  payment: PaymentFacts & { readonly currency: string },
  request: OperationRequest,
): OperationRefusal | null {
  // What came after the payment had ended goes back by itself; when the provider refused that, the staff can try again.
  const isLateMoney = request.kind === 'REFUND' && hasEnded(payment.state) && payment.captured > 0;
  if (!isLateMoney && !isAllowedIn(payment.state, request)) {
    return { kind: 'wrong-state', state: payment.state, message: wrongState(payment.state, request) };
  }
  if (request.kind !== 'REFUND') return null;
  if (request.currency !== null && request.currency !== payment.currency) {
    return {
      kind: 'invalid-input',
      field: 'amount.currency',
      message: `Expected the payment's currency ${payment.currency}, found ${request.currency}`,
    };
  }
  const refundable = payment.captured - payment.refunded - payment.refundReserved;
  if (request.amount <= refundable) return null;
  return {
    kind: 'exceeds-captured',
    refundable: { amount: refundable, currency: payment.currency },
    message: `Expected at most ${refundable} ${payment.currency} in minor units, found ${request.amount}`,
  };
}

const refundableStates: readonly PaymentState[] = ['CAPTURED', 'PARTIALLY_REFUNDED'];

/** A buyer who has not confirmed can still do so: only a hold can be captured. */
function isAllowedIn(state: PaymentState, { kind }: OperationRequest): boolean {
  switch (kind) {
    case 'CAPTURE':
      return state === 'AUTHORIZED';
    case 'VOID':
      return paymentStates.canMove(state, 'VOIDED');
    case 'REFUND':
      return refundableStates.includes(state);
  }
}

const verbs = { CAPTURE: 'captured', VOID: 'voided', REFUND: 'refunded' } as const;

function wrongState(state: PaymentState, { kind }: OperationRequest): string {
  const allowed = paymentStates.states.filter((candidate) =>
    isAllowedIn(candidate, { kind } as OperationRequest),
  );
  return `A payment that is ${state} cannot be ${verbs[kind]}; it would have to be ${allowed.join(' or ')}`;
}

/** Of all that a request says, its key aside. */
export function fingerprintOf(request: OperationRequest): string {
  return request.kind === 'REFUND'
    ? fingerprint(request.kind, request.paymentId, request.amount, request.reason)
    : fingerprint(request.kind, request.paymentId);
}

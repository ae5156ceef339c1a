import { Failure } from '@stoa/errors';
import type { CallContext } from '@stoa/identity';
import { PaymentState, paymentsRpc } from '@stoa/payments/rpc';
import { implementRpc } from '@stoa/rpc';
import type { Faults } from './faults.ts';

export interface FakePayment {
  readonly id: string;
  readonly orderId: string;
  readonly ownerId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly key: string;
  readonly capture: boolean;
  readonly token: string;
  state: PaymentState;
  refunded: bigint;
}

/** What a card token leads to; `tok_unknown` leaves the outcome open. */
const outcomes: Readonly<Record<string, PaymentState>> = {
  tok_approve: PaymentState.CAPTURED,
  tok_decline: PaymentState.DECLINED,
  tok_capture_fails: PaymentState.CAPTURED,
  tok_refund_fails: PaymentState.CAPTURED,
  tok_fail: PaymentState.FAILED,
  tok_action: PaymentState.REQUIRES_ACTION,
  tok_unknown: PaymentState.CREATED,
};

/** Payments as the proto promises them: once an idempotency key, and a repeat gets the payment as it stands. */
export function fakePayments(payments: Map<string, FakePayment>, faults: Faults) {
  const refunds = new Map<string, bigint>();
  const find = (id: string): FakePayment => {
    const payment = payments.get(id);
    if (payment === undefined) throw new Failure('not-found', `There is no payment ${id}`);
    return payment;
  };
  return implementRpc<(typeof paymentsRpc)['service'], CallContext>(paymentsRpc, {
    authorize: (request) =>
      faults.around('payments.authorize', () => {
        if (request.provider !== 'sandbox') throw new Failure('bad-input', `no provider ${request.provider}`);
        const known = [...payments.values()].find(({ key }) => key === request.idempotencyKey);
        if (known !== undefined) return { payment: toMessage(known) };
        const outcome = outcomes[request.token] ?? PaymentState.DECLINED;
        const payment: FakePayment = {
          id: request.paymentId,
          orderId: request.orderId,
          ownerId: request.ownerId,
          amount: request.amount,
          currency: request.currency,
          key: request.idempotencyKey,
          capture: request.capture,
          token: request.token,
          refunded: 0n,
          state: outcome === PaymentState.CAPTURED && !request.capture ? PaymentState.AUTHORIZED : outcome,
        };
        payments.set(payment.id, payment);
        return { payment: toMessage(payment) };
      }),
    void: ({ paymentId }) =>
      faults.around('payments.void', () => {
        const payment = find(paymentId);
        if (payment.state !== PaymentState.REQUIRES_ACTION && payment.state !== PaymentState.AUTHORIZED) {
          throw new Failure('conflict', 'The payment cannot be voided', { code: 'ILLEGAL_TRANSITION' });
        }
        payment.state = PaymentState.VOIDED;
        return { payment: toMessage(payment) };
      }),
    getPayment: ({ paymentId }) =>
      faults.around('payments.getPayment', () => ({ payment: toMessage(find(paymentId)) })),
    capture: ({ paymentId }) =>
      faults.around('payments.capture', () => {
        const payment = find(paymentId);
        if (payment.state === PaymentState.AUTHORIZED && payment.token !== 'tok_capture_fails')
          payment.state = PaymentState.CAPTURED;
        const failureMessage = payment.state === PaymentState.AUTHORIZED ? 'The hold is gone' : '';
        return { payment: { ...toMessage(payment), failureMessage } };
      }),
    refund: ({ paymentId, idempotencyKey, amount }) =>
      faults.around('payments.refund', () => {
        const payment = find(paymentId);
        const known = refunds.get(idempotencyKey);
        if (known === undefined && payment.token !== 'tok_refund_fails') {
          if (payment.refunded + amount > payment.amount || !isTaken(payment))
            throw new Failure('conflict', 'more than was taken', { code: 'REFUND_EXCEEDS_CAPTURED' });
          refunds.set(idempotencyKey, amount);
          payment.refunded += amount;
          payment.state =
            payment.refunded === payment.amount ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED;
        }
        const succeeded = payment.token !== 'tok_refund_fails';
        const failureMessage = succeeded ? '' : 'The card takes no refunds';
        return { payment: { ...toMessage(payment), failureMessage }, refundId: idempotencyKey, succeeded };
      }),
  });
}

function isTaken({ state }: FakePayment): boolean {
  return state === PaymentState.CAPTURED || state === PaymentState.PARTIALLY_REFUNDED;
}

function toMessage(payment: FakePayment) {
  const { id, orderId, amount, currency, state, refunded } = payment;
  const isDeclined = state === PaymentState.DECLINED;
  return {
    id,
    orderId,
    state,
    amount,
    captured: isTaken(payment) || state === PaymentState.REFUNDED ? amount : 0n,
    refunded,
    currency,
    failureCode: isDeclined ? 'card_declined' : '',
    failureMessage: isDeclined ? 'The card was declined' : '',
    actionUrl: state === PaymentState.REQUIRES_ACTION ? `https://bank.example/confirm/${id}` : '',
  };
}

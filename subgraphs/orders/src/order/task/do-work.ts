import { Failure } from '@stoa/errors';
import { PaymentState } from '@stoa/payments/rpc';
import type { Context } from '../../context.ts';
import type { Work } from './order-task.entity.ts';

type Services = Pick<Context, 'services'>;

/**
 * Has another service do what a task says. Doing it again changes nothing.
 * @param key makes it idempotent
 * @returns why it will never be done, when the other side refused it for good; null once it is done
 * @throws {Failure} unavailable, when it is to be tried again
 */
export async function doWork(work: Work, key: string, scope: Services): Promise<string | null> {
  switch (work.kind) {
    case 'GIVE_MONEY_BACK':
      return giveMoneyBack(work.paymentId, work.reason, key, scope).catch(asTransient);
    case 'REFUND':
      return refund(work.paymentId, work.amount, work.reason, key, scope);
    case 'RETURN_STOCK':
      return returnStock(work, key, scope);
  }
}

async function giveMoneyBack(
  paymentId: string,
  reason: string,
  key: string,
  scope: Services,
): Promise<string | null> {
  const { payment } = await scope.services.payments.getPayment({ paymentId });
  if (payment === undefined) throw new Failure('internal', 'payments: the answer has no payment');
  switch (payment.state) {
    case PaymentState.CREATED:
      throw new Failure('unavailable', `What became of the payment ${paymentId} is not known yet`);
    case PaymentState.REQUIRES_ACTION:
    case PaymentState.AUTHORIZED: {
      const answer = await scope.services.payments.void({ paymentId, idempotencyKey: key });
      if (answer.payment?.state === PaymentState.VOIDED) return null;
      // It may have been captured in between: then money has to go back.
      throw new Failure(
        'unavailable',
        `The payment ${paymentId} was not let go of: ${answer.payment?.failureMessage}`,
      );
    }
    case PaymentState.CAPTURED:
    case PaymentState.PARTIALLY_REFUNDED: {
      const left = Number(payment.captured - payment.refunded);
      // By amount, since staff may give back a part at the same time.
      return left === 0 ? null : refund(paymentId, left, reason, `${key}:${left}`, scope);
    }
    default:
      return null;
  }
}

/** Somebody else moves the same money at this moment: what is left to give back is looked up anew the next time. */
function asTransient(error: unknown): never {
  if (!(error instanceof Failure) || error.kind !== 'conflict') throw error;
  throw new Failure('unavailable', error.message, { cause: error });
}

async function refund(
  paymentId: string,
  amount: number,
  reason: string,
  idempotencyKey: string,
  { services }: Services,
): Promise<string | null> {
  const { succeeded, payment } = await services.payments.refund({
    paymentId,
    idempotencyKey,
    amount: BigInt(amount),
    reason,
  });
  return succeeded ? null : `The refund was refused: ${payment?.failureMessage || 'no reason was given'}`;
}

async function returnStock(
  { reservationId, lines }: Extract<Work, { kind: 'RETURN_STOCK' }>,
  restockId: string,
  { services }: Services,
): Promise<null> {
  try {
    await services.inventory.release({ reservationId });
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'conflict') throw error;
    // It was taken for good by then.
    await services.inventory.restock({ restockId, reservationId, lines: [...lines] });
  }
  return null;
}

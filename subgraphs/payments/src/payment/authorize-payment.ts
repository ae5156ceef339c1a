import { Failure } from '@stoa/errors';
import { ask } from '../providers/ask.ts';
import type { PaymentsScope } from '../scope.ts';
import type { SettledOutcome } from './change.ts';
import type { Payment } from './payment.entity.ts';
import { isOpen } from './payment-state.ts';
import { conclude, type Inquiry, outcomeOf, settlePayment } from './settle-payment.ts';
import { type AuthorizeInput, startPayment } from './start-payment.ts';
import { canSee } from './visibility.ts';

/**
 * Starts a payment and asks the provider for the money, once an idempotency key: a repeat gets the same payment, and one
 * that was left without an answer is taken up where it stopped.
 * @returns the payment; CREATED means that the provider's answer is not known, and that the call is to be repeated
 * @throws {Failure} bad-input; forbidden for somebody else's payment; conflict IDEMPOTENCY_KEY_REUSED, PAYMENT_ID_TAKEN
 */
export async function authorizePayment(scope: PaymentsScope, input: AuthorizeInput): Promise<Payment> {
  if (!canSee(scope.call.viewer, input)) {
    throw new Failure('forbidden', 'A buyer pays for their own order alone');
  }
  scope.providers.get(input.provider);
  const { payment, isNew } = await startPayment(scope, input);
  if (isNew) return conclude(scope, payment, askForMoney(input, false));
  return isOpen(payment.state) ? settlePayment(scope, payment.id, askForMoney(input, true)) : payment;
}

function askForMoney(input: AuthorizeInput, isRepeat: boolean): Inquiry {
  return ({ id, amount, currency, isCapturedAtOnce, providerReference }, provider) =>
    ask<SettledOutcome>({
      act: () =>
        provider.authorize({
          // The payment's own, so that two callers' keys never meet at the provider.
          idempotencyKey: id,
          paymentId: id,
          amount,
          currency,
          token: input.token,
          capture: isCapturedAtOnce,
        }),
      look: async () => {
        const charge = await provider.retrieve({ paymentId: id, reference: providerReference ?? null });
        return charge === null ? null : outcomeOf(charge);
      },
      isRepeat,
      notDone: lostOnTheWay,
    });
}

const lostOnTheWay: SettledOutcome = {
  status: 'failed',
  code: 'timeout',
  message: 'The payment provider did not answer, and no money was taken',
};

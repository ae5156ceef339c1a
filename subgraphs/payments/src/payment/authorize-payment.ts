import { rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { ask } from '../providers/ask.ts';
import { closeAndRetrieve } from '../providers/close-and-retrieve.ts';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import type { PaymentsScope } from '../scope.ts';
import type { SettledOutcome } from './change.ts';
import { lostOnTheWay } from './lost-on-the-way.ts';
import { outcomeOf } from './outcome-of.ts';
import type { Payment } from './payment.entity.ts';
import { isOpen } from './payment-state.ts';
import { conclude, type Inquiry, settlePayment } from './settle-payment.ts';
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
  if (isNew) return conclude(scope, payment, askForMoney(scope, input, false));
  return isOpen(payment.state) ? settlePayment(scope, payment.id, askForMoney(scope, input, true)) : payment;
}

function askForMoney(scope: PaymentsScope, input: AuthorizeInput, isRepeat: boolean): Inquiry {
  return (payment, provider) => {
    let reference = payment.providerReference ?? null;
    const request = () => ({
      // The payment's own, so that two callers' keys never meet at the provider.
      idempotencyKey: payment.id,
      paymentId: payment.id,
      amount: payment.amount,
      currency: payment.currency,
      token: input.token,
      capture: payment.isCapturedAtOnce,
      reference,
    });
    const found = (charge: ProviderCharge | null) => (charge === null ? null : outcomeOf(charge));
    return ask<SettledOutcome>({
      act: async () => {
        if (reference === null && provider.prepare !== undefined) {
          const prepared = await provider.prepare(request());
          if (prepared.status === 'declined') return prepared;
          reference = prepared.reference;
          await keepReference(scope, payment.id, reference);
        }
        return provider.authorize(request());
      },
      look: async () => found(await provider.retrieve({ paymentId: payment.id, reference })),
      close: async () => found(await closeAndRetrieve(provider, { paymentId: payment.id, reference })),
      isRepeat,
      notDone: lostOnTheWay,
    });
  };
}

/** Before the money is asked for under that name, so that a crash does not lose it. */
async function keepReference({ em }: PaymentsScope, id: string, reference: string): Promise<void> {
  await rowsOf(em).run('update payment set provider_reference = ? where id = ?', [reference, id]);
}

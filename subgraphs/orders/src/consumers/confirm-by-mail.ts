import { Failure } from '@stoa/errors';
import { type ConsumedEvent, consume } from '@stoa/events';
import type { OrdersApp } from '../app.ts';
import type { Context } from '../context.ts';
import { orderPaid } from '../events.ts';
import { confirmationLetter } from '../mail/confirmation-letter.ts';
import { recipientOf } from '../mail/recipient-of.ts';
import type { LetterFacts } from './consumer-reads.ts';

type OrderPaid = ReturnType<(typeof orderPaid)['payload']['parse']>;

/**
 * Sends the confirmation of a paid order to its address, or else to that of the buyer's account. The letter has the event's id as its own: it may go out
 * twice when the process or the mail server's answer is lost just after the letter was taken, and is then the same letter.
 */
export const confirmByMail = consume<OrderPaid, Context, OrdersApp, Facts>(orderPaid, {
  name: 'confirm-by-mail',
  // A mail server may take its time, and accounts is asked over the network.
  isTransactional: false,
  async ahead(events, { reads }) {
    const found = await reads.letterFacts.find(events.map(({ payload }) => payload.orderId));
    return new Map(events.map(({ id, payload }) => [id, factsOf(payload.orderId, found)]));
  },
  handle,
});

/** `none` where there is no such order, which is told when the letter is to be sent. */
type Facts = LetterFacts | 'none';

function factsOf(orderId: string, found: ReadonlyMap<string, readonly LetterFacts[]>): Facts {
  return found.get(orderId)?.[0] ?? 'none';
}

async function handle(
  context: Context,
  { id, payload }: ConsumedEvent<OrderPaid>,
  { mail, reads }: OrdersApp,
  ahead: Facts | undefined,
): Promise<void> {
  const email = await recipientOf(context, payload);
  if (email === null) return;
  const { orderId } = payload;
  const facts = ahead ?? factsOf(orderId, await reads.letterFacts.find([orderId]));
  if (facts === 'none') {
    throw new Failure('internal', `Expected the order ${orderId} that was paid, found none`);
  }
  const { shippingAddress, discounts, locale } = facts;
  await mail.send(confirmationLetter(id, { ...payload, email, shippingAddress, discounts }, locale));
}

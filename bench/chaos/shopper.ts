import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { buyer } from '../../e2e/buyer.ts';
import type { GraphQLAnswer, Send } from '../../e2e/client.ts';

/** How one attempt to buy ended. */
export interface Purchase {
  /** `Order:PAID`, `InsufficientStockError` …: the type of the answer, and the state of an order. */
  readonly outcome: string;
  readonly orderId: string | null;
  readonly quantity: number;
  /** How often placeOrder was sent: more than once after a fault on the way. */
  readonly tries: number;
}

export interface Wish {
  readonly variantId: string;
  readonly quantity: number;
  /** A card of the sandbox. */
  readonly token: string;
}

const patienceMs = 120_000;

/**
 * A guest who buys as a good client does: an answer that did not arrive, or that says to try again, is asked for again
 * with the same idempotency key.
 * @throws {Error} when there is no answer within two minutes
 */
export async function buy(send: Send, { variantId, quantity, token }: Wish): Promise<Purchase> {
  const guest = buyer(send);
  const until = Date.now() + patienceMs;
  const cartId = await insist(until, () => guest.cartWith([{ variantId, quantity }]));
  const idempotencyKey = randomUUID();
  let tries = 0;
  const { data } = await insist(until, async () => {
    tries += 1;
    return settled(await guest.placeOrder(cartId, token, { idempotencyKey }));
  });
  const { __typename, state, id, orderId } = data.placeOrder;
  return {
    outcome: state === undefined ? __typename : `${__typename}:${state}`,
    orderId: id ?? orderId ?? null,
    quantity,
    tries,
  };
}

/** An answer that says what came of it; anything else is thrown, so that it is asked for again. */
function settled(answer: GraphQLAnswer): GraphQLAnswer {
  const result = answer.data?.placeOrder;
  if (result === undefined || result === null || notYet.includes(result.__typename))
    throw new Error(`No answer yet: ${JSON.stringify(answer)}`);
  return answer;
}

const notYet: readonly string[] = ['CheckoutInProgressError', 'PaymentPendingError'];

async function insist<Value>(until: number, work: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw new Error('There was no answer within two minutes', { cause: error });
      await sleep(150 + Math.random() * 150);
    }
  }
}

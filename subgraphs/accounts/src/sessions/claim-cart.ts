import { setTimeout as sleep } from 'node:timers/promises';
import { serviceContext } from '@stoa/identity';
import type { Context } from '../context.ts';

/** How long a sign-in waits for the cart. */
const patienceMs = 1_000;

/**
 * Asks orders to make a guest's cart the user's own. A sign-in does not fail over it: when orders
 * does not answer in time, that is logged, and the client may call `claimCart` of orders itself.
 */
export async function claimCart(
  { call, logger, servicesFor }: Pick<Context, 'call' | 'logger' | 'servicesFor'>,
  cartId: string | null | undefined,
  userId: string,
): Promise<void> {
  if (cartId === null || cartId === undefined || cartId === '') return;
  const { orders } = servicesFor(serviceContext('accounts', call.requestId));
  const claim = orders.claimCart({ cartId, userId }, { timeoutMs: patienceMs }).catch((error: unknown) => {
    logger.warn({ event: 'cart.not-claimed', cartId, userId, err: error });
  });
  // The rpc client repeats a call that was not answered, each time with the whole deadline.
  await Promise.race([claim, sleep(patienceMs, undefined, { ref: false })]);
}

import { Failure } from '@stoa/errors';
import type { Context } from '../context.ts';

/** Whose order it is. */
interface Buyer {
  readonly orderId: string;
  /** Null for a guest. */
  readonly buyerId: string | null;
  /** The address that was typed into the cart. */
  readonly email: string | null;
}

/**
 * Where the letters about an order go: to the address that was typed into its cart, or else to that of the buyer's account, as it is
 * now. Verified or not: nobody verifies what is typed into a cart either. Null, and logged, when the account is gone.
 * @throws {Failure} unavailable when accounts does not answer
 */
export async function recipientOf(
  {
    services: { accounts },
    logger,
  }: {
    readonly services: Pick<Context['services'], 'accounts'>;
    readonly logger: Pick<Context['logger'], 'info'>;
  },
  { orderId, buyerId, email }: Buyer,
): Promise<string | null> {
  if (email !== null || buyerId === null) return email;
  try {
    return (await accounts.getContact({ userId: buyerId })).email;
  } catch (error) {
    if (!(error instanceof Failure) || error.kind !== 'not-found') throw error;
    logger.info({ event: 'order.mail-without-recipient', orderId, buyerId });
    return null;
  }
}

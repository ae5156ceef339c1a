import type { EntityManager } from '@stoa/database';
import { Checkout, type CheckoutRecord } from './checkout.entity.ts';

/** A checkout as the database has it now. */
export async function readCheckout(
  { em }: { readonly em: EntityManager },
  checkoutId: string,
): Promise<CheckoutRecord> {
  return em.fork().findOneOrFail(Checkout, checkoutId);
}

import { type EntityManager, rowsOf } from '@stoa/database';
import { Checkout, type CheckoutRecord } from './checkout.entity.ts';

/** A checkout as the database has it now. */
export async function readCheckout(
  { em }: { readonly em: EntityManager },
  checkoutId: string,
): Promise<CheckoutRecord> {
  const checkout = await rowsOf(em).findOne(Checkout, { id: checkoutId });
  if (checkout === null) throw new Error(`Expected the checkout ${checkoutId}`);
  return checkout;
}

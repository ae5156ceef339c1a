import type { RefusalOf } from '../refusal.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, type CartScope, editCart } from './change-cart.ts';
import { normalizeEmail, refusalOfEmail } from './email-address.ts';

/** Says where the confirmation of the order goes. */
export async function setEmail(
  scope: CartScope,
  input: { cartId: string; email: string },
): Promise<CartRecord | CartRefusal | RefusalOf<'invalid-input'>> {
  const email = normalizeEmail(input.email);
  const invalid = refusalOfEmail(email, 'input.email');
  if (invalid !== null) return invalid;
  return editCart(scope, input.cartId, { email });
}

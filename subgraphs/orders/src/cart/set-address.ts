import { type PostalAddressInput, parsePostalAddress } from '../postal-address.ts';
import { isRefusal, type RefusalOf } from '../refusal.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, type CartScope, editCart } from './change-cart.ts';

/**
 * Says where the goods go or, for `billingAddress`, whom the bill goes to; null takes the address away, as an order
 * then bills to the shipping address.
 */
export async function setAddress(
  scope: CartScope,
  which: 'shippingAddress' | 'billingAddress',
  { cartId, address }: { cartId: string; address: PostalAddressInput | null },
): Promise<CartRecord | CartRefusal | RefusalOf<'invalid-input'>> {
  const parsed = address === null ? null : parsePostalAddress(address, 'input.address');
  if (parsed !== null && isRefusal(parsed)) return parsed;
  return editCart(scope, cartId, { [which]: parsed });
}

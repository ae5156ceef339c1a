import type { RefusalOf } from '../refusal.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, type CartScope, changeCart } from './change-cart.ts';

/** Takes a line out of a cart. */
export async function removeLine(
  scope: CartScope,
  { cartId, lineId }: { cartId: string; lineId: string },
): Promise<CartRecord | CartRefusal | RefusalOf<'cart-line-not-found'>> {
  return changeCart(scope, cartId, (draft) => {
    const line = draft.lines.find(({ id }) => id === lineId);
    if (line === undefined) return { refused: 'cart-line-not-found', lineId } as const;
    draft.removeLine(line);
    return null;
  });
}

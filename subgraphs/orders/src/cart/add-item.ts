import type { Context } from '../context.ts';
import type { RefusalOf } from '../refusal.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, changeCart } from './change-cart.ts';
import { addToDraft, refusalOfQuantity } from './quantity.ts';
import { stockOf, variantsOnSale } from './variants-on-sale.ts';

/**
 * Puts a variant into a cart, or more of it when it is there already. While the inventory does not answer anything
 * can be added: placing the order decides.
 * @throws {Failure} unavailable when the catalogue does not answer
 */
export async function addItem(
  context: Context,
  { cartId, variantId, quantity }: { cartId: string; variantId: string; quantity: number },
): Promise<
  CartRecord | CartRefusal | RefusalOf<'variant-not-found' | 'insufficient-stock' | 'invalid-input'>
> {
  const field = 'input.quantity';
  const invalid = refusalOfQuantity(quantity, field);
  if (invalid !== null) return invalid;
  const [variants, stock] = await Promise.all([
    variantsOnSale(context, [variantId]),
    stockOf(context, [variantId]),
  ]);
  if (!variants.has(variantId)) return { refused: 'variant-not-found', variantId };
  const available = stock === null ? null : (stock.get(variantId) ?? 0);
  return changeCart(context, cartId, (draft) => addToDraft(draft, { variantId, quantity }, available, field));
}

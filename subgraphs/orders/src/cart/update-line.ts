import type { Context } from '../context.ts';
import type { RefusalOf } from '../refusal.ts';
import type { CartRecord } from './cart-record.ts';
import { type CartRefusal, changeCart } from './change-cart.ts';
import { refusalOfQuantity, refusalOfStock } from './quantity.ts';
import { stockOf } from './variants-on-sale.ts';

/** Sets the quantity of a line; more than there is in stock is refused. */
export async function updateLine(
  context: Context,
  { cartId, lineId, quantity }: { cartId: string; lineId: string; quantity: number },
): Promise<
  CartRecord | CartRefusal | RefusalOf<'cart-line-not-found' | 'insufficient-stock' | 'invalid-input'>
> {
  const invalid = refusalOfQuantity(quantity, 'input.quantity');
  if (invalid !== null) return invalid;
  const available = await availableTo(context, lineId);
  return changeCart(context, cartId, (draft) => {
    const line = draft.lines.find(({ id }) => id === lineId);
    if (line === undefined) return { refused: 'cart-line-not-found', lineId } as const;
    const refusal = refusalOfStock(line.variantId, quantity, available);
    if (refusal === null) draft.setLine(line.variantId, quantity);
    return refusal;
  });
}

/** What there is of the line's variant, asked before the transaction; null when that is not known. */
async function availableTo(context: Context, lineId: string): Promise<number | null> {
  const row = await context.em.getKnex()('cart_line').select('variant_id').where({ id: lineId }).first();
  if (row === undefined) return null;
  const stock = await stockOf(context, [row.variant_id]);
  return stock === null ? null : (stock.get(row.variant_id) ?? 0);
}

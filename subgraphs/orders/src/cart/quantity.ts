import { insufficientStock, invalidInput, type RefusalOf } from '../refusal.ts';
import type { CartDraft } from './cart-draft.ts';
import { maximumLines, maximumQuantity } from './cart-limits.ts';

/** Checks the quantity of a line as a client sent it. */
export function refusalOfQuantity(quantity: number, field: string): RefusalOf<'invalid-input'> | null {
  if (quantity >= 1 && quantity <= maximumQuantity) return null;
  return invalidInput(field, `a quantity from 1 to ${maximumQuantity}`, quantity);
}

/**
 * Checks a line against what the shop has.
 * @param available null when the inventory could not be asked: the order is checked again, by reserving
 */
export function refusalOfStock(
  variantId: string,
  requested: number,
  available: number | null,
): RefusalOf<'insufficient-stock'> | null {
  if (available === null || requested <= available) return null;
  return insufficientStock([{ variantId, requested, available }]);
}

/**
 * Adds to a cart, on top of what it holds of the variant.
 * @param field the path of the quantity among the arguments
 */
export function addToDraft(
  draft: Pick<CartDraft, 'lines' | 'setLine'>,
  { variantId, quantity }: { variantId: string; quantity: number },
  available: number | null,
  field: string,
): RefusalOf<'invalid-input' | 'insufficient-stock'> | null {
  const held = draft.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
  if (held === 0 && draft.lines.length >= maximumLines) {
    return invalidInput(field, `a cart of at most ${maximumLines} lines`, draft.lines.length + 1);
  }
  const total = held + quantity;
  if (total > maximumQuantity) {
    return invalidInput(field, `at most ${maximumQuantity} of a variant in a cart`, total);
  }
  const refusal = refusalOfStock(variantId, total, available);
  if (refusal === null) draft.setLine(variantId, total);
  return refusal;
}

import { type EntityManager, rowsOf } from '@stoa/database';
import { isUser } from '@stoa/identity';
import type { Context } from '../context.ts';
import { invalidInput, type RefusalOf } from '../refusal.ts';
import { inTransaction } from '../transaction.ts';
import { Cart } from './cart.entity.ts';
import { type CartDraft, draftOf, newDraft } from './cart-draft.ts';
import { maximumLines } from './cart-limits.ts';
import { type CartRecord, withLines } from './cart-record.ts';
import { isLocked } from './lock-cart.ts';
import { addToDraft, refusalOfQuantity } from './quantity.ts';
import { stockOf, variantsOnSale } from './variants-on-sale.ts';

interface NewLine {
  readonly variantId: string;
  readonly quantity: number;
}

/**
 * Opens a cart with these lines. A user who has an open cart gets that one instead, with the lines added to it and,
 * if one is given, in the currency given.
 * @param input `currency` null takes that of the request, for a new cart
 * @throws {Failure} unavailable when lines are given and the catalogue does not answer
 */
export async function createCart(
  context: Context,
  input: { currency: string | null; lines: readonly NewLine[] },
): Promise<
  CartRecord | RefusalOf<'variant-not-found' | 'insufficient-stock' | 'invalid-input' | 'cart-locked'>
> {
  const { em, call, clock, newId, viewer } = context;
  const invalid = refusalOfLines(input.lines);
  if (invalid !== null) return invalid;
  const variantIds = [...new Set(input.lines.map(({ variantId }) => variantId))];
  const [variants, stock] = await Promise.all([
    variantsOnSale(context, variantIds),
    stockOf(context, variantIds),
  ]);
  const missing = variantIds.find((variantId) => !variants.has(variantId));
  if (missing !== undefined) return { refused: 'variant-not-found', variantId: missing };

  return inTransaction(em, async (tx) => {
    const tools = { now: clock.now(), newId };
    const buyerId = isUser(viewer) ? viewer.id : null;
    const open = buyerId === null ? null : await openCartOf(tx, buyerId);
    if (open !== null && isLocked(open)) return { refused: 'cart-locked', cartId: open.id } as const;
    const draft =
      open === null
        ? newDraft(tx, { currency: input.currency ?? call.currency, buyerId }, tools)
        : await draftOf(tx, open, tools);
    if (input.currency !== null && draft.cart.currency !== input.currency) {
      draft.edit({ currency: input.currency });
    }
    const refusal = addLines(draft, input.lines, stock);
    if (refusal !== null) return refusal;
    await draft.save();
    return withLines(draft.cart, draft.lines);
  });
}

function refusalOfLines(lines: readonly NewLine[]): RefusalOf<'invalid-input'> | null {
  if (lines.length > maximumLines) {
    return invalidInput('input.lines', `at most ${maximumLines} lines`, lines.length);
  }
  for (const [index, { quantity }] of lines.entries()) {
    const refusal = refusalOfQuantity(quantity, fieldOf(index));
    if (refusal !== null) return refusal;
  }
  return null;
}

function openCartOf(tx: EntityManager, buyerId: string): Promise<Cart | null> {
  return rowsOf(tx).findOne(Cart, { buyerId, state: 'OPEN' }, { lock: true });
}

function addLines(draft: CartDraft, lines: readonly NewLine[], stock: ReadonlyMap<string, number> | null) {
  for (const [index, line] of lines.entries()) {
    const available = stock === null ? null : (stock.get(line.variantId) ?? 0);
    const refusal = addToDraft(draft, line, available, fieldOf(index));
    if (refusal !== null) return refusal;
  }
  return null;
}

function fieldOf(index: number): string {
  return `input.lines.${index}.quantity`;
}

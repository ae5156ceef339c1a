import type { NewId } from '@stoa/clock';
import { type EntityManager, rowsOf } from '@stoa/database';
import { Cart, CartLine } from './cart.entity.ts';

/** A cart that is being changed, with its lines, inside a transaction that has locked it. Nothing is written before `save`. */
export interface CartDraft {
  /** As it is to be. */
  readonly cart: Cart;
  /** In the order in which they were added. */
  readonly lines: readonly CartLine[];
  /** Puts a line of a variant into the cart, or sets the quantity of the one that is there. */
  setLine(variantId: string, quantity: number): void;
  removeLine(line: CartLine): void;
  edit(changes: Partial<Pick<Cart, EditablePart>>): void;
  /** Leaves the cart to a checkout, which alone may change it from then on. */
  lock(checkoutId: string): void;
  /** Closes the cart: from then on it leads to another, which has its lines. */
  mergeInto(cart: Cart): void;
  /** Has another cart's draft written with this one, before it. */
  saveWith(other: CartDraft): void;
  /** Writes what was changed, if anything was. */
  save(): Promise<void>;
}

export type EditablePart =
  | 'currency'
  | 'buyerId'
  | 'email'
  | 'shippingAddress'
  | 'billingAddress'
  | 'couponCodes';

export interface DraftTools {
  readonly now: Date;
  readonly newId: NewId;
}

/** A draft of a cart that is there, whose row the transaction has locked. */
export async function draftOf(tx: EntityManager, cart: Cart, { now, newId }: DraftTools): Promise<CartDraft> {
  const rows = rowsOf(tx);
  const stored = await rows.find(CartLine, { cart: cart.id }, { orderBy: { id: 'asc' } });
  // Always onwards, also within one millisecond.
  const updatedAt = new Date(Math.max(now.getTime(), cart.updatedAt.getTime() + 1));
  return draft(cart, stored, newId, async (changes, lines, isTouched) => {
    // Also when lines alone have changed: that must move the version on.
    const changed = isTouched ? await rows.change(Cart, cart, { ...changes, updatedAt }) : cart;
    await saveLines(tx, stored, lines);
    return changed;
  });
}

/** A draft of a new cart. */
export function newDraft(
  tx: EntityManager,
  { currency, buyerId }: { currency: string; buyerId: string | null },
  { now, newId }: DraftTools,
): CartDraft {
  const cart: Cart = {
    id: newId(),
    version: 1,
    state: 'OPEN',
    currency,
    buyerId,
    email: null,
    shippingAddress: null,
    billingAddress: null,
    couponCodes: [],
    lockedBy: null,
    hasFailed: false,
    mergedIntoId: null,
    orderId: null,
    createdAt: now,
    updatedAt: now,
  };
  return draft(cart, [], newId, async (changes, lines) => {
    const made = { ...cart, ...changes };
    await rowsOf(tx).insert(Cart, made);
    await saveLines(tx, [], lines);
    return made;
  });
}

type Save = (changes: Partial<Cart>, lines: readonly CartLine[], isTouched: boolean) => Promise<Cart>;

function draft(stored: Cart, storedLines: readonly CartLine[], newId: NewId, save: Save): CartDraft {
  let cart = stored;
  let lines = storedLines;
  let changes: Partial<Cart> = {};
  let isTouched = false;
  let first: CartDraft | null = null;
  const change = (more: Partial<Cart>) => {
    changes = { ...changes, ...more };
    cart = { ...cart, ...more };
    isTouched = true;
  };
  return {
    get cart() {
      return cart;
    },
    get lines() {
      return lines;
    },
    setLine(variantId, quantity) {
      const line = lines.find((candidate) => candidate.variantId === variantId);
      if (line?.quantity === quantity) return;
      lines =
        line === undefined
          ? [...lines, { id: newId(), cart: cart.id, variantId, quantity }]
          : lines.map((one) => (one === line ? { ...line, quantity } : one));
      change({});
    },
    removeLine(line) {
      lines = lines.filter((one) => one.id !== line.id);
      change({});
    },
    edit: change,
    lock(checkoutId) {
      change({ lockedBy: checkoutId });
    },
    mergeInto({ id, buyerId }) {
      change({ state: 'MERGED', mergedIntoId: id, buyerId: buyerId ?? null });
    },
    saveWith(other) {
      first = other;
    },
    async save() {
      await first?.save();
      cart = await save(changes, lines, isTouched);
    },
  };
}

async function saveLines(
  tx: EntityManager,
  before: readonly CartLine[],
  after: readonly CartLine[],
): Promise<void> {
  const rows = rowsOf(tx);
  const stored = new Map(before.map((line) => [line.id, line]));
  const gone = before.filter(({ id }) => !after.some((line) => line.id === id)).map(({ id }) => id);
  if (gone.length > 0) await rows.delete(CartLine, { id: gone });
  for (const { id, quantity } of after) {
    const line = stored.get(id);
    if (line !== undefined && line.quantity !== quantity) await rows.update(CartLine, { id }, { quantity });
  }
  await rows.insert(CartLine, ...after.filter(({ id }) => !stored.has(id)));
}

import type { NewId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { Cart, CartLine } from './cart.entity.ts';

/** A cart that is being changed, with its lines, inside a transaction that has locked it. */
export interface CartDraft {
  readonly cart: Cart;
  /** In the order in which they were added. */
  readonly lines: readonly CartLine[];
  /** Puts a line of a variant into the cart, or sets the quantity of the one that is there. */
  setLine(variantId: string, quantity: number): void;
  removeLine(line: CartLine): void;
  edit(changes: Partial<Pick<Cart, EditablePart>>): void;
  /** Leaves the cart to a checkout, which alone may change it from then on. */
  lock(checkoutId: string): void;
}

type EditablePart = 'currency' | 'buyerId' | 'email' | 'shippingAddress' | 'billingAddress' | 'couponCodes';

export interface DraftTools {
  readonly now: Date;
  readonly newId: NewId;
}

/** A draft of a cart that is there, whose row the transaction has locked. */
export async function draftOf(tx: EntityManager, cart: Cart, tools: DraftTools): Promise<CartDraft> {
  const lines = await tx.find(CartLine, { cart: cart.id }, { orderBy: { id: 'asc' } });
  return draft(tx, cart, lines, tools);
}

/** A draft of a new cart. */
export function newDraft(
  tx: EntityManager,
  { currency, buyerId }: { currency: string; buyerId: string | null },
  tools: DraftTools,
): CartDraft {
  const cart = tx.create(Cart, {
    id: tools.newId(),
    state: 'OPEN',
    currency,
    buyerId,
    email: null,
    shippingAddress: null,
    billingAddress: null,
    couponCodes: [],
    lockedBy: null,
    mergedIntoId: null,
    orderId: null,
    createdAt: tools.now,
    updatedAt: tools.now,
  });
  tx.persist(cart);
  return draft(tx, cart, [], tools);
}

function draft(tx: EntityManager, cart: Cart, lines: CartLine[], { now, newId }: DraftTools): CartDraft {
  const touch = () => {
    // Always onwards, also within one millisecond: a change of lines alone must move the version on.
    cart.updatedAt = new Date(Math.max(now.getTime(), cart.updatedAt.getTime() + 1));
  };
  return {
    cart,
    lines,
    setLine(variantId, quantity) {
      const line = lines.find((candidate) => candidate.variantId === variantId);
      if (line?.quantity === quantity) return;
      if (line === undefined) {
        const added = tx.create(CartLine, { id: newId(), cart, variantId, quantity });
        tx.persist(added);
        lines.push(added);
      } else {
        line.quantity = quantity;
      }
      touch();
    },
    removeLine(line) {
      lines.splice(lines.indexOf(line), 1);
      tx.remove(line);
      touch();
    },
    edit(changes) {
      Object.assign(cart, changes);
      touch();
    },
    lock(checkoutId) {
      cart.lockedBy = checkoutId;
      touch();
    },
  };
}

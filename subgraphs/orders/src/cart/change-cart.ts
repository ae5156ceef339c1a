import { rowsOf, writtenOut } from '@stoa/database';
import { isUser, type Viewer } from '@stoa/identity';
import type { RequestScope } from '@stoa/subgraph';
import { isRefusal, type Refusal, type RefusalOf } from '../refusal.ts';
import { inTransaction } from '../transaction.ts';
import { Cart } from './cart.entity.ts';
import type { CartDraft, EditablePart } from './cart-draft.ts';
import { type CartRecord, toCartRecord, withLines } from './cart-record.ts';
import { lockCart, refusalOfChange } from './lock-cart.ts';

/** What a change of a cart needs of the request. */
export type CartScope = Pick<RequestScope, 'em' | 'clock' | 'newId'> & { readonly viewer: Viewer };

/** What any change of a cart may be refused with. */
export type CartRefusal = RefusalOf<'cart-not-found' | 'cart-closed' | 'cart-locked'>;

/**
 * Changes a cart that the viewer may change, in one transaction: all of it is done or, when it is refused, nothing.
 * @param change decides and writes to the draft; it may run more than once, and must not ask the network
 */
export async function changeCart<Outcome extends Refusal | null>(
  { em, viewer, clock, newId }: CartScope,
  cartId: string,
  change: (draft: CartDraft) => Outcome,
): Promise<CartRecord | CartRefusal | NonNullable<Outcome>> {
  return inTransaction(em, async (tx) => {
    const draft = await lockCart(tx, cartId, viewer, { now: clock.now(), newId });
    if (isRefusal(draft)) return draft;
    const refusal = refusalOfChange(draft.cart) ?? change(draft);
    // Nothing of a claim either: what is refused changes nothing.
    if (refusal !== null) return refusal;
    await draft.save();
    return withLines(draft.cart, draft.lines);
  });
}

/**
 * Says something new of a cart, whatever is in it: by one statement where it is open and the viewer's, as it is most times. The long way
 * follows one that was merged, claims a guest's, and tells why it is refused.
 */
export async function editCart(
  scope: CartScope,
  cartId: string,
  changes: Partial<Pick<Cart, EditablePart>>,
): Promise<CartRecord | CartRefusal> {
  const { em, viewer, clock } = scope;
  const edited = await rowsOf(em).changeIf(
    Cart,
    { id: cartId, state: writtenOut('OPEN'), lockedBy: null, buyerId: isUser(viewer) ? viewer.id : null },
    { ...changes, updatedAt: clock.now() },
  );
  if (edited !== null) return toCartRecord(edited);
  return changeCart(scope, cartId, (draft) => {
    draft.edit(changes);
    return null;
  });
}

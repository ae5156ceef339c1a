import type { PostalAddress } from '../postal-address.ts';
import type { Cart, CartLine, CartState } from './cart.entity.ts';

/** A cart as it is read. */
export interface CartRecord {
  readonly id: string;
  readonly state: CartState;
  readonly currency: string;
  readonly buyerId: string | null;
  readonly email: string | null;
  readonly shippingAddress: PostalAddress | null;
  readonly billingAddress: PostalAddress | null;
  readonly couponCodes: readonly string[];
  readonly lockedBy: string | null;
  readonly hasFailed: boolean;
  readonly mergedIntoId: string | null;
  readonly orderId: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Where they are known already, as after a change; else they are loaded when asked for. */
  readonly lines?: readonly CartLineRecord[];
}

export interface CartLineRecord {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
}

/** A cart as its row has it. */
export function toCartRecord(cart: Cart): CartRecord {
  return {
    ...cart,
    buyerId: cart.buyerId ?? null,
    email: cart.email ?? null,
    shippingAddress: cart.shippingAddress ?? null,
    billingAddress: cart.billingAddress ?? null,
    lockedBy: cart.lockedBy ?? null,
    mergedIntoId: cart.mergedIntoId ?? null,
    orderId: cart.orderId ?? null,
  };
}

/** A cart whose lines are known, as after a change. */
export function withLines(
  cart: Cart,
  lines: readonly CartLine[],
): CartRecord & Required<Pick<CartRecord, 'lines'>> {
  return {
    ...toCartRecord(cart),
    lines: lines.map(({ id, variantId, quantity }) => ({ id, variantId, quantity })),
  };
}

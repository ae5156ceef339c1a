import { hashOf } from '../hash-of.ts';
import type { Discount } from '../order/order.entity.ts';
import type { PostalAddress } from '../postal-address.ts';
import type { TaxedAmount } from '../pricing/quote.ts';

/** What a buyer agrees to buy: everything an order says, in minor units of `currency`. */
export interface Snapshot {
  readonly buyerId: string | null;
  readonly email: string | null;
  readonly currency: string;
  readonly shippingAddress: PostalAddress;
  readonly billingAddress: PostalAddress;
  readonly lines: readonly SnapshotLine[];
  readonly discounts: readonly Discount[];
  readonly subtotal: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
}

export interface SnapshotLine {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** Of one, before discounts. */
  readonly unit: TaxedAmount;
  /** Of the line, after its share of the discounts. */
  readonly total: TaxedAmount;
  /** Basis points. */
  readonly taxRate: number;
}

const hashes = new WeakMap<Snapshot, string>();

/** `hashOf` a snapshot, taken once: a checkout asks for it twice. */
export function hashOfSnapshot(snapshot: Snapshot): string {
  const hash = hashes.get(snapshot) ?? hashOf(snapshot);
  hashes.set(snapshot, hash);
  return hash;
}

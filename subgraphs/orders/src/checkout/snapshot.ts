import { createHash } from 'node:crypto';
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

/** Equal for two snapshots that say the same, and for no others. */
export function hashOf(snapshot: Snapshot): string {
  return createHash('sha256').update(canonical(snapshot)).digest('hex');
}

/** JSON with the keys in order, as a snapshot that was stored comes back with its keys in any. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

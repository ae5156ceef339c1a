import type { Money } from '@stoa/money';
import type { OrderState } from './order/order-state.ts';
import type { ReturnState } from './order/return/return-state.ts';

/** A variant of which there is less than was asked for. */
export interface Shortage {
  readonly variantId: string;
  readonly requested: number;
  readonly available: number;
}

/** Why something that was asked for is not done: what a caller must expect. Plain JSON, as a checkout records its own. */
export type Refusal =
  | { readonly refused: 'cart-not-found'; readonly cartId: string }
  | { readonly refused: 'cart-closed'; readonly cartId: string; readonly orderId: string }
  | { readonly refused: 'cart-locked'; readonly cartId: string }
  | { readonly refused: 'cart-line-not-found'; readonly lineId: string }
  | { readonly refused: 'cart-empty'; readonly cartId: string }
  | { readonly refused: 'variant-not-found'; readonly variantId: string }
  | { readonly refused: 'variant-not-priced'; readonly variantId: string; readonly currency: string }
  | { readonly refused: 'insufficient-stock'; readonly shortages: readonly [Shortage, ...Shortage[]] }
  | { readonly refused: 'coupon-rejected'; readonly couponCode: string }
  | { readonly refused: 'total-changed'; readonly expected: Money; readonly total: Money }
  | { readonly refused: 'idempotency-key-reused' }
  | { readonly refused: 'checkout-in-progress'; readonly cartId: string }
  | {
      readonly refused: 'payment-declined';
      readonly orderId: string;
      readonly declineCode: string;
      readonly reason: string;
      readonly isRetryable: boolean;
    }
  | { readonly refused: 'payment-action-required'; readonly orderId: string; readonly actionUrl: string }
  | { readonly refused: 'payment-pending'; readonly orderId: string }
  | { readonly refused: 'order-not-found'; readonly orderId: string }
  | {
      readonly refused: 'order-state';
      readonly orderId: string;
      readonly state: OrderState;
      /** What it cannot be: `cancelled`, for example. */
      readonly wanted: string;
    }
  | { readonly refused: 'order-not-captured'; readonly orderId: string; readonly reason: string }
  | { readonly refused: 'return-not-found'; readonly returnId: string }
  | { readonly refused: 'return-state'; readonly returnId: string; readonly state: ReturnState }
  | {
      readonly refused: 'invalid-input';
      /** The path of the argument, for example input.quantity. */
      readonly field: string;
      readonly expected: string;
      readonly found: string;
    };

export type RefusalOf<Kind extends Refusal['refused']> = Extract<Refusal, { refused: Kind }>;

/** What placing an order may be refused with. */
export type PlaceOrderRefusal = Exclude<
  Refusal,
  RefusalOf<
    | 'cart-locked'
    | 'cart-line-not-found'
    | 'order-not-found'
    | 'order-state'
    | 'order-not-captured'
    | 'return-not-found'
    | 'return-state'
  >
>;

export function isRefusal<Value extends object>(
  value: Value | Refusal,
): value is Extract<Value, Refusal> | Refusal {
  return 'refused' in value;
}

/** An argument of the right type with a wrong value. */
export function invalidInput(field: string, expected: string, found: unknown): RefusalOf<'invalid-input'> {
  return { refused: 'invalid-input', field, expected, found: JSON.stringify(found) };
}

/** The first shortage speaks for all; null when there is none. */
export function insufficientStock(shortages: readonly Shortage[]): RefusalOf<'insufficient-stock'> | null {
  const [first, ...others] = shortages;
  return first === undefined ? null : { refused: 'insufficient-stock', shortages: [first, ...others] };
}

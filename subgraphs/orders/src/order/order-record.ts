import type { PostalAddress } from '../postal-address.ts';
import type { TaxedAmount } from '../pricing/quote.ts';
import type { Units } from './fulfilment/order-fulfilment.entity.ts';
import type { Discount, OrderActor } from './order.entity.ts';
import type { OrderState } from './order-state.ts';
import type { ReturnState } from './return/return-state.ts';
import type { TaskState, Work } from './task/order-task.entity.ts';

/** An order as it is read. Amounts are in minor units of `currency`, with tax. */
export interface OrderRecord {
  readonly id: string;
  readonly number: string;
  readonly state: OrderState;
  readonly placedAt: Date;
  readonly buyerId: string | null;
  readonly email: string | null;
  readonly currency: string;
  readonly shippingAddress: PostalAddress;
  readonly billingAddress: PostalAddress;
  readonly discounts: readonly Discount[];
  readonly subtotal: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  readonly version: number;
  /** Where they are known already, as when it was just written; else they are loaded when asked for. */
  readonly lines?: readonly OrderLineRecord[] | undefined;
}

export interface OrderLineRecord {
  readonly id: string;
  readonly orderId: string;
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly unit: TaxedAmount;
  readonly total: TaxedAmount;
  /** Basis points. */
  readonly taxRate: number;
  readonly currency: string;
  /** The order's. */
  readonly buyerId: string | null;
}

export interface OrderHistoryRecord {
  readonly orderId: string;
  readonly at: Date;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly reason: string | null;
  readonly actor: OrderActor;
  /** The user, or null for a guest and for the shop itself. */
  readonly actorId: string | null;
}

export interface OrderFulfilmentRecord {
  readonly id: string;
  readonly orderId: string;
  readonly at: Date;
  readonly lines: readonly Units[];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
}

export interface OrderReturnRecord {
  readonly id: string;
  readonly orderId: string;
  readonly state: ReturnState;
  readonly requestedAt: Date;
  readonly lines: readonly Units[];
  readonly reason: string;
  readonly decision: string | null;
  /** In minor units of `currency`; null until it was received. */
  readonly refund: number | null;
  /** The order's. */
  readonly currency: string;
  readonly buyerId: string | null;
}

export interface OrderTaskRecord {
  readonly id: string;
  readonly orderId: string;
  readonly kind: Work['kind'];
  readonly state: TaskState;
  readonly attempts: number;
  readonly error: string | null;
  readonly dueAt: Date | null;
}

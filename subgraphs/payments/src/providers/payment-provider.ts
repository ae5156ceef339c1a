import type { HttpServer } from '@stoa/http';

/**
 * Who moves the money. Implementations translate between this and a provider's own interface and decide nothing.
 *
 * - A call answers or throws within 5 seconds. ProviderTimeout says that the outcome is not known: the money may have
 *   moved or not.
 * - The same idempotency key gives the same outcome and moves money once.
 * - `retrieve` is asked after a time-out and is believed: what it does not show has not happened and will not happen
 *   unless it is asked for again. It throws ProviderTimeout when it cannot tell.
 */
export interface PaymentProvider {
  /** As in PAYMENT_PROVIDERS and Payment.provider. */
  readonly name: string;
  /** Puts money on hold, and takes it when `capture` is set: all of it happens or nothing. */
  authorize(request: ProviderAuthorizeRequest): Promise<AuthorizationOutcome>;
  /** Takes all that is on hold. */
  capture(request: ProviderRequest): Promise<CaptureOutcome>;
  /** Lets go of a hold, or of a payment that the buyer was to confirm. */
  void(request: ProviderRequest): Promise<MovementOutcome>;
  refund(request: ProviderRefundRequest): Promise<MovementOutcome>;
  /** What the provider has under a payment's id; null when it has nothing. `reference` is null when it never answered. */
  retrieve(payment: { paymentId: string; reference: string | null }): Promise<ProviderCharge | null>;
  /**
   * Routes of its own: for its webhooks, or for a buyer who comes back from confirming.
   * @param onChange brings a payment in line with what the provider has; to be awaited before answering
   */
  addRoutes?(server: HttpServer, onChange: (paymentId: string) => Promise<void>): void;
}

/** Amounts are in minor units. */
export interface ProviderAuthorizeRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  /** The provider's token for the card. */
  readonly token: string;
  readonly capture: boolean;
}

export interface ProviderRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  /** The provider's own name for the payment. */
  readonly reference: string;
}

export interface ProviderRefundRequest extends ProviderRequest {
  /** In minor units of the payment's currency. */
  readonly amount: number;
}

/** A no. `code` is stable and the provider's own, `message` is for the buyer. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export type AuthorizationOutcome =
  | {
      readonly status: 'approved';
      readonly reference: string;
      readonly isCaptured: boolean;
      /** What was paid with, for people. */
      readonly method: string | null;
    }
  | ({
      readonly status: 'declined';
      readonly reference: string | null;
      readonly method: string | null;
    } & Refusal)
  | {
      readonly status: 'action-required';
      readonly reference: string;
      /** Where the buyer confirms. */
      readonly url: string;
      readonly method: string | null;
    };

export type MovementOutcome =
  | { readonly status: 'approved'; readonly reference: string }
  | ({ readonly status: 'declined' } & Refusal);

export type CaptureOutcome =
  | { readonly status: 'approved'; readonly reference: string }
  /** `isHoldLost`: the money is not on hold any more, so that no later capture can succeed. */
  | ({ readonly status: 'declined'; readonly isHoldLost: boolean } & Refusal);

/** A payment as the provider has it. */
export interface ProviderCharge {
  readonly reference: string;
  readonly state: 'action-required' | 'authorized' | 'captured' | 'declined' | 'voided';
  readonly method: string | null;
  /** Where the buyer confirms, while the state is action-required. */
  readonly actionUrl: string | null;
  /** Why, when the state is declined. */
  readonly refusal: Refusal | null;
  /** Taken in all, in minor units. */
  readonly captured: number;
  readonly refunds: readonly ProviderRefund[];
}

export interface ProviderRefund {
  readonly idempotencyKey: string;
  readonly reference: string;
  readonly amount: number;
  /** Null when it was given back. */
  readonly refusal: Refusal | null;
}

import type { HttpServer } from '@stoa/http';

/**
 * Who moves the money. Implementations translate between this and a provider's own interface and decide nothing.
 *
 * - A call answers or throws within 5 seconds. ProviderTimeout says that the outcome is not known: the money may have
 *   moved or not.
 * - The same idempotency key gives the same outcome and moves money once; with other input it is an error.
 * - `retrieve` and `abandon` are asked after a time-out and are believed. They throw ProviderTimeout when they cannot tell.
 */
export interface PaymentProvider {
  /** As in PAYMENT_PROVIDERS and Payment.provider. */
  readonly name: string;
  /**
   * For a provider that has to give a payment a name before it can be asked for the money. Moves none. The name is
   * written down before `authorize` is called, so that `retrieve` can ask by it whatever happens next.
   */
  prepare?(request: ProviderAuthorizeRequest): Promise<Preparation>;
  /** Puts money on hold, and takes it when `capture` is set: all of it happens or nothing. */
  authorize(request: ProviderAuthorizeRequest): Promise<AuthorizationOutcome>;
  /** Takes all that is on hold. */
  capture(request: ProviderRequest): Promise<CaptureOutcome>;
  /** Lets go of a hold, or of a payment that the buyer was to confirm. */
  void(request: ProviderRequest): Promise<MovementOutcome>;
  refund(request: ProviderRefundRequest): Promise<MovementOutcome>;
  /** What the provider has under a payment's id; null when it was not asked for the money. */
  retrieve(payment: ProviderPayment): Promise<ProviderCharge | null>;
  /**
   * As `retrieve`, and closes the door: what it does not show can not happen any more. For a provider whose requests may
   * still be on their way when their time is up; left out, `retrieve` is as good.
   */
  abandon?(payment: ProviderPayment): Promise<ProviderCharge | null>;
  /**
   * Checks a webhook's signature over its body as it came and reads whom it is about.
   * @throws {Failure} unauthenticated INVALID_SIGNATURE; bad-input INVALID_WEBHOOK
   */
  readWebhook?(webhook: IncomingWebhook): ProviderEvent;
  /** The type of the event that says nothing but that all of a payment was taken; left out where there is none. */
  readonly capturedEvent?: string;
  /**
   * Routes of its own, such as the page where a buyer confirms.
   * @param onChange brings a payment in line with what the provider has; to be awaited before answering
   */
  addRoutes?(server: HttpServer, onChange: (paymentId: string) => Promise<void>): void;
  /** A pass of work of its own that nobody asks for; true when there is more to do at once. */
  work?(): Promise<boolean>;
}

/** How a payment is known: by our id, and by the provider's name for it when that is known. */
export interface ProviderPayment {
  readonly paymentId: string;
  readonly reference: string | null;
}

/** A webhook as it came. */
export interface IncomingWebhook {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** That something has happened to a payment: what, the provider is asked for. */
export interface ProviderEvent {
  /** The provider's own, the same each time it is sent. */
  readonly id: string;
  readonly type: string;
  /** Either may be missing, and both are when it is about no payment. */
  readonly paymentId: string | null;
  readonly reference: string | null;
}

export type Preparation =
  | { readonly status: 'prepared'; readonly reference: string }
  | Extract<AuthorizationOutcome, { status: 'declined' }>;

/** Amounts are in minor units. */
export interface ProviderAuthorizeRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly currency: string;
  /** The provider's token for the card. */
  readonly token: string;
  readonly capture: boolean;
  /** What `prepare` named it; null where there is no `prepare`. */
  readonly reference: string | null;
}

export interface ProviderRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  /** The provider's own name for the payment. */
  readonly reference: string;
}

export interface ProviderRefundRequest extends ProviderRequest {
  /** In minor units of the currency, which is the payment's. */
  readonly amount: number;
  readonly currency: string;
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
  /** What was asked for, in minor units. */
  readonly amount: number;
  /** Taken in all, in minor units. */
  readonly captured: number;
  readonly refunds: readonly ProviderRefund[];
}

export interface ProviderRefund {
  /** Null for one that we have not asked for, made at the provider by hand, say. */
  readonly idempotencyKey: string | null;
  readonly reference: string;
  readonly amount: number;
  /** Null when it was given back or is on its way. */
  readonly refusal: Refusal | null;
}

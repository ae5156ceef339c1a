import type { Money } from '@stoa/money';
import type { RefusalOf } from '../refusal.ts';
import { longestKey, refusalOfText } from '../refusal-of-text.ts';

export interface PlaceOrderRequest {
  readonly cartId: string;
  readonly payment: {
    /** The payment provider's name. */
    readonly provider: string;
    /** What the provider gave the client for the card. */
    readonly token: string;
  };
  readonly idempotencyKey: string;
  /** What the buyer was shown; null when any total will do. */
  readonly expectedTotal: Money | null;
}

const maximumLength = { provider: 50, token: 1_000 };

/** Checks what can be checked without looking at the cart. */
export function refusalOfRequest({
  payment,
  idempotencyKey,
}: PlaceOrderRequest): RefusalOf<'invalid-input'> | null {
  return (
    refusalOfText(idempotencyKey, longestKey, 'input.idempotencyKey') ??
    refusalOfText(payment.provider, maximumLength.provider, 'input.payment.provider') ??
    refusalOfText(payment.token, maximumLength.token, 'input.payment.token')
  );
}

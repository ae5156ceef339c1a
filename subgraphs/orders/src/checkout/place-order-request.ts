import type { Money } from '@stoa/money';
import { invalidInput, type RefusalOf } from '../refusal.ts';

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

const maximumLength = { key: 200, provider: 50, token: 1_000 };

/** Checks what can be checked without looking at the cart. */
export function refusalOfRequest({
  payment,
  idempotencyKey,
}: PlaceOrderRequest): RefusalOf<'invalid-input'> | null {
  return (
    refusalOfText(idempotencyKey, maximumLength.key, 'input.idempotencyKey') ??
    refusalOfText(payment.provider, maximumLength.provider, 'input.payment.provider') ??
    refusalOfText(payment.token, maximumLength.token, 'input.payment.token')
  );
}

function refusalOfText(text: string, maximum: number, field: string): RefusalOf<'invalid-input'> | null {
  if (text.length >= 1 && text.length <= maximum) return null;
  return invalidInput(field, `1 to ${maximum} characters`, `${text.length} characters`);
}

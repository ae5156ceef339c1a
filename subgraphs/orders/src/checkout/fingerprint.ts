import { hashOf } from '../hash-of.ts';
import type { PlaceOrderRequest } from './place-order-request.ts';

/** Equal for requests that ask for the same, so that an idempotency key which comes with another is found out. */
export function fingerprintOf({ payment, expectedTotal }: PlaceOrderRequest): string {
  const asked = [
    payment.provider,
    payment.token,
    expectedTotal?.amount ?? null,
    expectedTotal?.currency ?? null,
  ];
  return hashOf(asked);
}

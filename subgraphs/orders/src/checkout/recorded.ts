import type { CheckoutRecord } from './checkout.entity.ts';

type Recorded = 'snapshot' | 'orderId' | 'reservationId' | 'paymentId' | 'paymentToken';

/**
 * What a checkout must have recorded before it came to its state.
 * @throws {Error} when it has not: the steps are in the wrong order
 */
export function recorded<Part extends Recorded>(
  checkout: CheckoutRecord,
  ...parts: readonly Part[]
): { readonly [P in Part]: NonNullable<CheckoutRecord[P]> } {
  const values: Partial<{ [P in Part]: NonNullable<CheckoutRecord[P]> }> = {};
  for (const part of parts) {
    const value = checkout[part];
    if (value === null || value === undefined) {
      throw new Error(`The checkout ${checkout.id} is ${checkout.state} and has no ${part}`);
    }
    values[part] = value;
  }
  return values as { readonly [P in Part]: NonNullable<CheckoutRecord[P]> };
}

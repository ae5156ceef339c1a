import { ReservationState } from '@stoa/inventory/rpc';
import { insufficientStock, type RefusalOf } from '../refusal.ts';
import type { CheckoutRecord } from './checkout.entity.ts';
import type { CheckoutScope } from './checkout-scope.ts';
import { recorded } from './recorded.ts';

export type ReservationAnswer =
  /** The stock is set aside, or taken already. */
  | { readonly kind: 'held' }
  /** The reservation was given back or ran out of time: only one with another id can be had. */
  | { readonly kind: 'over' }
  | { readonly kind: 'insufficient'; readonly refusal: RefusalOf<'insufficient-stock'> };

/**
 * Asks for the reservation whose id the checkout has recorded; asking twice reserves once.
 * @throws {Failure} unavailable when the inventory does not answer
 */
export async function requestReservation(
  checkout: CheckoutRecord,
  { services, settings }: Pick<CheckoutScope, 'services' | 'settings'>,
): Promise<ReservationAnswer> {
  const { reservationId, orderId, snapshot } = recorded(checkout, 'reservationId', 'orderId', 'snapshot');
  const { result } = await services.inventory.reserve({
    reservationId,
    orderId,
    lines: snapshot.lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    expiresInSeconds: settings.CHECKOUT_RESERVATION_SECONDS,
  });
  if (result.case === 'insufficientStock') {
    const refusal = insufficientStock(
      result.value.shortages.map(({ variantId, requested, available }) => ({
        variantId,
        requested,
        available,
      })),
    );
    if (refusal !== null) return { kind: 'insufficient', refusal };
  }
  if (result.case === 'reservation') {
    const { state } = result.value;
    if (state === ReservationState.HELD || state === ReservationState.COMMITTED) return { kind: 'held' };
    return { kind: 'over' };
  }
  throw new Error(`Expected a reservation or its shortages, found ${result.case ?? 'nothing'}`);
}

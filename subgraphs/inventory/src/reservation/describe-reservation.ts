import type { Reservation } from './reservation.entity.ts';
import { unitsByVariant, type VariantUnits } from './units-by-variant.ts';

/**
 * What the events tell of a reservation that was made.
 * @param lines all of its lines
 */
export function describeReservation(
  { id, orderId }: Readonly<{ id: string; orderId: Reservation['orderId'] }>,
  lines: readonly VariantUnits[],
) {
  if (orderId == null) throw new Error(`Expected reservation ${id} to be for an order`);
  const units = [...unitsByVariant(lines)].map(([variantId, quantity]) => ({ variantId, quantity }));
  return { reservationId: id, orderId, lines: units };
}

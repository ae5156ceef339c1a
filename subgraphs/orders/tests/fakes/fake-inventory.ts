import { Failure } from '@stoa/errors';
import type { CallContext } from '@stoa/identity';
import { inventoryRpc, ReservationState } from '@stoa/inventory/rpc';
import { implementRpc } from '@stoa/rpc';
import type { FakeVariant } from './fake-variant.ts';
import type { Faults } from './faults.ts';

export interface FakeReservation {
  readonly id: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  state: ReservationState;
  /** Units that came back, by variant. */
  readonly returned: Map<string, number>;
}

/** Stock as the proto promises it: all lines or none, once a reservation id. */
export function fakeInventory(
  variants: ReadonlyMap<string, FakeVariant>,
  reservations: Map<string, FakeReservation>,
  faults: Faults,
) {
  const restocks = new Set<string>();
  const available = (variantId: string) => {
    const variant = variants.get(variantId);
    return variant === undefined ? 0 : variant.onHand - variant.reserved;
  };
  const put = (reservation: FakeReservation, sign: 1 | -1) => {
    for (const { variantId, quantity } of reservation.lines) {
      const variant = variants.get(variantId);
      if (variant !== undefined) variant.reserved += sign * quantity;
    }
  };
  const end = (id: string, state: ReservationState): FakeReservation => {
    const reservation = reservations.get(id);
    if (reservation === undefined) throw new Failure('not-found', `There is no reservation ${id}`);
    if (reservation.state === state) return reservation;
    if (reservation.state !== ReservationState.HELD) {
      throw new Failure('conflict', 'The reservation is over', { code: 'ILLEGAL_TRANSITION' });
    }
    put(reservation, -1);
    reservation.state = state;
    return reservation;
  };
  return implementRpc<(typeof inventoryRpc)['service'], CallContext>(inventoryRpc, {
    reserve: ({ reservationId, lines }) =>
      faults.around('inventory.reserve', () => {
        const known = reservations.get(reservationId);
        if (known !== undefined) return { result: { case: 'reservation', value: known } };
        const shortages = lines
          .filter(({ variantId, quantity }) => available(variantId) < quantity)
          .map(({ variantId, quantity }) => ({
            variantId,
            requested: quantity,
            available: available(variantId),
          }));
        if (shortages.length > 0) return { result: { case: 'insufficientStock', value: { shortages } } };
        const reservation = { id: reservationId, lines, state: ReservationState.HELD, returned: new Map() };
        reservations.set(reservationId, reservation);
        put(reservation, 1);
        return { result: { case: 'reservation', value: reservation } };
      }),
    commit: ({ reservationId }) =>
      faults.around('inventory.commit', () => {
        const isCommitted = reservations.get(reservationId)?.state === ReservationState.COMMITTED;
        const reservation = end(reservationId, ReservationState.COMMITTED);
        for (const { variantId, quantity } of isCommitted ? [] : reservation.lines) {
          const variant = variants.get(variantId);
          if (variant !== undefined) variant.onHand -= quantity;
        }
        return { reservation };
      }),
    release: ({ reservationId }) =>
      faults.around('inventory.release', () => {
        if (!reservations.has(reservationId)) {
          const tombstone = {
            id: reservationId,
            lines: [],
            state: ReservationState.RELEASED,
            returned: new Map(),
          };
          reservations.set(reservationId, tombstone);
        }
        const known = reservations.get(reservationId);
        // Its time has run out: there is nothing left to give back.
        if (known?.state === ReservationState.EXPIRED) return { reservation: known };
        return { reservation: end(reservationId, ReservationState.RELEASED) };
      }),
    restock: ({ restockId, reservationId, lines }) =>
      faults.around('inventory.restock', () => {
        const reservation = reservations.get(reservationId);
        if (reservation?.state !== ReservationState.COMMITTED)
          throw new Failure('conflict', 'Nothing was taken', { code: 'ILLEGAL_TRANSITION' });
        if (restocks.has(restockId)) return { restockId };
        for (const { variantId, quantity } of lines) {
          const taken = reservation.lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
          const back = (reservation.returned.get(variantId) ?? 0) + quantity;
          if (back > taken) throw new Failure('bad-input', `${back} of ${taken} would come back`);
          reservation.returned.set(variantId, back);
          const variant = variants.get(variantId);
          if (variant !== undefined) variant.onHand += quantity;
        }
        restocks.add(restockId);
        return { restockId };
      }),
    getAvailability: ({ variantIds }) =>
      faults.around('inventory.getAvailability', () => ({
        variants: variantIds.map((variantId) => ({ variantId, available: available(variantId) })),
      })),
  });
}

import { ReservationState as StateMessage } from '../__generated__/inventory/v1/inventory_pb.js';
import type { ReservationState } from '../reservation/reservation-state.ts';

const messageOf: Readonly<Record<ReservationState, StateMessage>> = {
  HELD: StateMessage.HELD,
  COMMITTED: StateMessage.COMMITTED,
  RELEASED: StateMessage.RELEASED,
  EXPIRED: StateMessage.EXPIRED,
};

/** A reservation as the proto says it. */
export function reservationMessage(id: string, state: ReservationState) {
  return { id, state: messageOf[state] };
}

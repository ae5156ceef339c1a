import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import type { Actor } from '../actor.ts';
import { changeStock } from '../stock/change-stock.ts';
import { lockStock } from '../stock/lock-stock.ts';
import { Reservation } from './reservation.entity.ts';
import { assertReservationId } from './reservation-id.ts';
import { ReservationLine } from './reservation-line.entity.ts';
import { Restock, type RestockedLine } from './restock.entity.ts';
import { type Units, unitsToReturn } from './units-to-return.ts';

export interface RestockRequest {
  /** Chosen by the caller; the same id restocks once. */
  readonly restockId: string;
  readonly reservationId: string;
  readonly lines: readonly Units[];
}

/**
 * Puts units that a committed reservation took back where it took them from.
 * @throws {Failure} bad-input for ids that are no UUID, and for more units than were taken and have not come back;
 * not-found RESERVATION_NOT_FOUND; conflict ILLEGAL_TRANSITION when it was not committed
 */
export async function restock(
  scope: Actor & Readonly<{ em: EntityManager }>,
  { restockId, reservationId, lines }: RestockRequest,
): Promise<void> {
  assertReservationId(reservationId);
  assertReservationId(restockId);
  await inTransaction(scope.em, async (tx) => {
    const rows = rowsOf(tx);
    const reservation = await rows.findOne(Reservation, { id: reservationId }, { lock: true });
    if (reservation === null)
      throw new Failure('not-found', `There is no reservation ${reservationId}`, {
        code: 'RESERVATION_NOT_FOUND',
      });
    const earlier = await rows.find(Restock, { reservationId });
    if (earlier.some(({ id }) => id === restockId)) return;
    if (reservation.state !== 'COMMITTED')
      throw new Failure(
        'conflict',
        `The reservation ${reservationId} is ${reservation.state}: nothing was taken`,
        {
          code: 'ILLEGAL_TRANSITION',
        },
      );
    const taken = await rows.find(ReservationLine, { reservationId });
    const back = unitsToReturn(
      taken,
      earlier.flatMap((one) => one.lines),
      lines,
    );
    await putBack(tx, scope, reservationId, back);
    await rows.insert(Restock, { id: restockId, reservationId, createdAt: scope.clock.now(), lines: back });
  });
}

async function putBack(
  tx: EntityManager,
  actor: Actor,
  reservationId: string,
  back: readonly RestockedLine[],
): Promise<void> {
  const stock = await lockStock(tx, [...new Set(back.map(({ variantId }) => variantId))]);
  const changes = back.map(({ variantId, locationId, quantity }) => {
    const item = stock.find((one) => one.variantId === variantId && one.locationId === locationId);
    if (item === undefined) throw new Error(`Expected an item of ${variantId} at ${locationId}`);
    return { item, onHand: quantity, reserved: 0 };
  });
  await changeStock(tx, actor, stock, changes, { reason: 'RESTOCKED', reservationId });
}

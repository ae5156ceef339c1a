import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { recordEvent } from '@stoa/events';
import type { Actor } from '../actor.ts';
import { reservationHeld } from '../events.ts';
import { type Allocation, allocate } from '../stock/allocate.ts';
import { changeStock } from '../stock/change-stock.ts';
import { type LockedItem, lockStock } from '../stock/lock-stock.ts';
import { describeReservation } from './describe-reservation.ts';
import { expireDue, findDue } from './expire-due.ts';
import { Reservation } from './reservation.entity.ts';
import { assertReservationId } from './reservation-id.ts';
import { ReservationLine } from './reservation-line.entity.ts';
import type { ReservationState } from './reservation-state.ts';
import { unitsByVariant, type VariantUnits } from './units-by-variant.ts';
import { wantedUnits } from './wanted-units.ts';

/** What to set aside. */
export interface ReserveRequest {
  /** A UUID chosen by the caller; makes the call idempotent. */
  readonly reservationId: string;
  readonly orderId: string;
  readonly lines: readonly VariantUnits[];
  /** How long it is kept; 0 for as long as the service keeps it by default. */
  readonly expiresInSeconds: number;
}

/** A variant of which there is not enough. */
export interface Shortage {
  readonly variantId: string;
  readonly requested: number;
  readonly available: number;
}

export type ReserveOutcome =
  | { readonly kind: 'reservation'; readonly id: string; readonly state: ReservationState }
  | { readonly kind: 'insufficient-stock'; readonly shortages: readonly Shortage[] };

const longestSeconds = 604_800;

/**
 * Sets stock aside: all lines or none. What other reservations keep past their time can be had.
 *
 * The same request again gives what became of the first: HELD, or the state it has come to since; RELEASED when it was
 * released before it ever came. A lack of stock is not kept: the same request asks anew.
 * @throws {Failure} bad-input for a malformed request; conflict RESERVATION_ID_REUSED when the id belongs to another one
 */
export async function reserve(
  scope: Actor & Readonly<{ em: EntityManager; reservationSeconds: number }>,
  request: ReserveRequest,
): Promise<ReserveOutcome> {
  assertForm(request);
  const wanted = wantedUnits(request.lines);
  const { reservationId: id, orderId } = request;
  const seconds = request.expiresInSeconds === 0 ? scope.reservationSeconds : request.expiresInSeconds;
  const expiresAt = new Date(scope.clock.now().getTime() + seconds * 1000);

  const attempt = async (isExpiring: boolean): Promise<ReserveOutcome> => {
    try {
      return await inTransaction(scope.em, async (tx) => {
        if (isExpiring) await expireDue(tx, scope, [...wanted.keys()]);
        const stock = await lockStock(tx, [...wanted.keys()]);
        const plan = planFor(wanted, stock);
        if (plan.shortages.length > 0) {
          // Perhaps it was this very request that took the last ones.
          const stored = await storedAnswer(tx, request, wanted);
          return stored ?? { kind: 'insufficient-stock', shortages: plan.shortages };
        }
        await hold(tx, scope, { id, orderId, expiresAt }, stock, plan.taken);
        return { kind: 'reservation', id, state: 'HELD' };
      });
    } catch (error) {
      // Of several calls with one id one is the first; nothing of the others is kept, and they find its answer.
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const stored = await storedAnswer(scope.em, request, wanted);
      if (stored === null) throw error;
      return stored;
    }
  };
  const outcome = await attempt(false);
  if (outcome.kind === 'reservation') return outcome;
  // What others keep past their time is looked for when it is needed: reservations are locked before stock, so from the start.
  const due = await findDue(scope.em, [...wanted.keys()], scope.clock.now());
  return due.length === 0 ? outcome : attempt(true);
}

function assertForm({ reservationId, orderId, expiresInSeconds }: ReserveRequest): void {
  assertReservationId(reservationId);
  if (orderId.length < 1 || orderId.length > 36) {
    throw new Failure(
      'bad-input',
      `Expected an order's id of 1 to 36 characters, found ${JSON.stringify(orderId)}`,
    );
  }
  if (expiresInSeconds < 0 || expiresInSeconds > longestSeconds) {
    throw new Failure(
      'bad-input',
      `Expected a time limit from 0 to ${longestSeconds} seconds, found ${expiresInSeconds}`,
    );
  }
}

/** Units to take of one item. */
interface Taking {
  readonly item: LockedItem;
  readonly quantity: number;
}

function planFor(wanted: ReadonlyMap<string, number>, stock: readonly LockedItem[]) {
  const taken: Taking[] = [];
  const shortages: Shortage[] = [];
  for (const [variantId, requested] of wanted) {
    const items = stock.filter((item) => item.variantId === variantId);
    const places = items.map((item) => ({
      item,
      locationId: item.locationId,
      available: item.onHand - item.reserved,
    }));
    const allocations = allocate(requested, places);
    if (allocations === null) {
      const available = places.reduce((sum, place) => sum + place.available, 0);
      shortages.push({ variantId, requested, available });
    } else {
      taken.push(...takings(items, allocations));
    }
  }
  return { taken, shortages };
}

function takings(items: readonly LockedItem[], allocations: readonly Allocation[]): readonly Taking[] {
  return items.flatMap((item) => {
    const allocation = allocations.find(({ locationId }) => locationId === item.locationId);
    return allocation === undefined ? [] : [{ item, quantity: allocation.quantity }];
  });
}

async function hold(
  tx: EntityManager,
  actor: Actor,
  { id, orderId, expiresAt }: Readonly<{ id: string; orderId: string; expiresAt: Date }>,
  stock: readonly LockedItem[],
  taken: readonly Taking[],
): Promise<void> {
  const changes = taken.map(({ item, quantity }) => ({ item, onHand: 0, reserved: quantity }));
  await changeStock(tx, actor, stock, changes, null);
  const now = actor.clock.now();
  const lines = taken.map(({ item: { variantId, locationId }, quantity }) => ({
    reservationId: id,
    variantId,
    locationId,
    quantity,
  }));
  const rows = rowsOf(tx);
  await rows.insert(Reservation, { id, orderId, state: 'HELD', expiresAt, createdAt: now, updatedAt: now });
  await rows.insert(ReservationLine, ...lines);
  const occurrence = { id: actor.newId(), aggregateId: id, requestId: actor.call.requestId, occurredAt: now };
  recordEvent(tx, reservationHeld, occurrence, describeReservation({ id, orderId }, lines));
}

/** What became of the first of several calls with one id; null when there was none. */
async function storedAnswer(
  em: EntityManager,
  { reservationId: id, orderId }: ReserveRequest,
  wanted: ReadonlyMap<string, number>,
): Promise<ReserveOutcome | null> {
  const reservation = await rowsOf(em).findOne(Reservation, { id });
  if (reservation === null) return null;
  const lines = await rowsOf(em).find(ReservationLine, { reservationId: id });
  const wasMade = reservation.orderId !== null;
  if (wasMade && (reservation.orderId !== orderId || !isSame(unitsByVariant(lines), wanted))) {
    throw new Failure('conflict', `Reservation ${id} was made for another order or other lines`, {
      code: 'RESERVATION_ID_REUSED',
    });
  }
  return { kind: 'reservation', id, state: reservation.state };
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([variantId, quantity]) => b.get(variantId) === quantity);
}

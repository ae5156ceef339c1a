import { type EntityManager, type Rows, rowsOf } from '@stoa/database';
import { recordEvent } from '@stoa/events';
import { type Actor, nameOf } from '../actor.ts';
import { stockChanged } from '../events.ts';
import type { LockedItem } from './lock-stock.ts';
import { StockMovement } from './stock-movement.entity.ts';

/** Units to add to an item, or with a minus to take away. */
export interface StockChange {
  readonly item: LockedItem;
  readonly onHand: number;
  readonly reserved: number;
}

/** Why what is on hand changes, for the journal; null where it does not. */
export type MovementCause =
  | { readonly reason: 'COUNTED' }
  | { readonly reason: 'ADJUSTED'; readonly note: string }
  | { readonly reason: 'COMMITTED' | 'RESTOCKED'; readonly reservationId: string }
  | null;

/**
 * Changes stock, writes the journal, and records `stock-changed` for each variant of which more or less can be sold:
 * all of it in the given transaction. The only place that writes to stock items.
 * @param stock all items of the variants concerned, locked
 * @param changes at most one an item
 * @throws {Error} when a change would leave less than is reserved: the callers look first, so that is a fault of theirs
 */
export async function changeStock(
  tx: EntityManager,
  actor: Actor,
  stock: readonly LockedItem[],
  changes: readonly StockChange[],
  cause: MovementCause,
): Promise<void> {
  const now = actor.clock.now();
  const effective = changes.filter(({ onHand, reserved }) => onHand !== 0 || reserved !== 0);
  const rows = rowsOf(tx);
  for (const change of effective) await applyChange(rows, change, now);
  const moved = effective.filter(({ onHand }) => onHand !== 0);
  await rows.insert(StockMovement, ...moved.map((change) => movementOf(actor, change, cause, now)));
  recordAvailability(tx, actor, stock, effective, now);
}

/**
 * One conditional statement, though the row is locked: whatever a caller has got wrong, and on any engine, stock is
 * never sold twice.
 */
async function applyChange(rows: Rows, { item, onHand, reserved }: StockChange, now: Date): Promise<void> {
  const changed = await rows.run(
    `update stock_item set on_hand = on_hand + ?, reserved = reserved + ?, version = version + ?, updated_at = ?
     where id = ? and reserved + ? >= 0 and on_hand + ? >= reserved + ?`,
    [onHand, reserved, onHand === 0 ? 0 : 1, now, item.id, reserved, onHand, reserved],
  );
  if (changed !== 1) {
    throw new Error(
      `Stock item ${item.id} (${item.onHand} on hand, ${item.reserved} reserved) cannot change by ${onHand} and ${reserved}`,
    );
  }
}

function movementOf({ call, newId }: Actor, { item, onHand }: StockChange, cause: MovementCause, now: Date) {
  if (cause === null) throw new Error('Expected a cause for a change of what is on hand');
  return {
    id: newId(),
    variantId: item.variantId,
    locationId: item.locationId,
    delta: onHand,
    reason: cause.reason,
    note: cause.reason === 'ADJUSTED' ? cause.note : null,
    reservationId: 'reservationId' in cause ? cause.reservationId : null,
    actor: nameOf(call.viewer),
    movedAt: now,
  };
}

function recordAvailability(
  tx: EntityManager,
  { call, newId }: Actor,
  stock: readonly LockedItem[],
  changes: readonly StockChange[],
  now: Date,
): void {
  const gained = new Map<string, number>();
  for (const { item, onHand, reserved } of changes) {
    gained.set(item.variantId, (gained.get(item.variantId) ?? 0) + onHand - reserved);
  }
  for (const [variantId, units] of gained) {
    if (units === 0) continue;
    const before = stock
      .filter((item) => item.variantId === variantId)
      .reduce((sum, item) => sum + item.onHand - item.reserved, 0);
    const occurrence = { id: newId(), aggregateId: variantId, requestId: call.requestId, occurredAt: now };
    recordEvent(tx, stockChanged, occurrence, { variantId, available: before + units });
  }
}

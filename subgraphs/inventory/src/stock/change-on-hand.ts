import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { expireDue } from '../reservation/expire-due.ts';
import { changeStock, type MovementCause, type StockChange } from './change-stock.ts';
import { type LockedItem, lockStock } from './lock-stock.ts';
import { StockItem } from './stock-item.entity.ts';
import type { StockLevel } from './stock-levels.ts';

/** What stands at one location, or would: an item that was never recorded has version 0 and holds nothing. */
export type ItemState = Pick<LockedItem, 'onHand' | 'reserved' | 'version'>;

const neverRecorded: ItemState = { onHand: 0, reserved: 0, version: 0 };

/** A variant at a location. */
export interface StockPlace {
  readonly variantId: string;
  readonly locationId: string;
}

/**
 * Changes what is on hand of a variant at a location that exists, in one transaction. What reservations keep past
 * their time is given back first, so that it does not stand in the way.
 * @param decide looks at the item as it is: the units to add (or with a minus to take away), or why not. It may be
 * asked twice, when somebody else records the item at the same time.
 */
export async function changeOnHand<Refusal>(
  em: EntityManager,
  actor: Actor,
  place: StockPlace,
  cause: MovementCause,
  decide: (item: ItemState) => number | Refusal,
): Promise<StockLevel | Refusal> {
  const [outcome] = await changeOnHandOfMany(em, actor, [place], cause, decide);
  return outcome as StockLevel | Refusal;
}

/**
 * As `changeOnHand`, of many places in one transaction: one that is refused stays as it is, and the others change.
 * @param places each only once
 * @param decide is told the index of the place too
 * @returns what came of each, in the order given
 */
export async function changeOnHandOfMany<Refusal>(
  em: EntityManager,
  actor: Actor,
  places: readonly StockPlace[],
  cause: MovementCause,
  decide: (item: ItemState, index: number) => number | Refusal,
): Promise<readonly (StockLevel | Refusal)[]> {
  const variantIds = [...new Set(places.map(({ variantId }) => variantId))];
  return inTransaction(em, async (tx) => {
    await expireDue(tx, actor, variantIds);
    for (;;) {
      const stock = await lockStock(tx, variantIds);
      const items = new Map(stock.map((item) => [keyOf(item), item]));
      const missing: StockPlace[] = [];
      const changes: StockChange[] = [];
      const outcomes = places.map((place, index) => {
        const item = items.get(keyOf(place));
        const delta = decide(item ?? neverRecorded, index);
        if (typeof delta !== 'number') return delta;
        if (item === undefined) missing.push(place);
        else changes.push({ item, onHand: delta, reserved: 0 });
        return levelAfter(item, place, delta);
      });
      if (missing.length === 0) {
        await changeStock(tx, actor, stock, changes, cause);
        return outcomes;
      }
      await insertEmpty(tx, actor, missing);
    }
  });
}

function keyOf({ variantId, locationId }: StockPlace): string {
  return `${variantId} ${locationId}`;
}

function levelAfter(item: LockedItem | undefined, place: StockPlace, delta: number): StockLevel {
  const { variantId, locationId } = place;
  const { onHand, reserved, version } = item ?? neverRecorded;
  return {
    // Without an item yet, it is asked for again once there is one.
    id: item?.id ?? '',
    variantId,
    locationId,
    onHand: onHand + delta,
    reserved,
    version: version + (delta === 0 ? 0 : 1),
  };
}

/** Whoever inserts first, the items are there after; in one order, so that two who insert the same ones do not deadlock. */
async function insertEmpty(
  tx: EntityManager,
  { clock, newId }: Actor,
  places: readonly StockPlace[],
): Promise<void> {
  const now = clock.now();
  const empty = { onHand: 0, reserved: 0, version: 0, createdAt: now, updatedAt: now };
  const ordered = [...places].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  const rows = rowsOf(tx);
  for (const { variantId, locationId } of ordered) {
    const item = { id: newId(), ...empty, variantId, locationId };
    await rows.insertNew(StockItem, item, ['variantId', 'locationId']);
  }
}

import { type EntityManager, inTransaction, rowsOf } from '@stoa/database';
import type { Actor } from '../actor.ts';
import { expireDue } from '../reservation/expire-due.ts';
import { changeStock, type MovementCause } from './change-stock.ts';
import { type LockedItem, lockStock } from './lock-stock.ts';
import { StockItem } from './stock-item.entity.ts';
import type { StockLevel } from './stock-levels.ts';

/** What stands at one location, or would: an item that was never recorded has version 0 and holds nothing. */
export type ItemState = Pick<LockedItem, 'onHand' | 'reserved' | 'version'>;

const neverRecorded: ItemState = { onHand: 0, reserved: 0, version: 0 };

/**
 * Changes what is on hand of a variant at a location that exists, in one transaction. What reservations keep past
 * their time is given back first, so that it does not stand in the way.
 * @param decide looks at the item as it is: the units to add (or with a minus to take away), or why not. It may be
 * asked twice, when somebody else records the item at the same time.
 */
export async function changeOnHand<Refusal>(
  em: EntityManager,
  actor: Actor,
  { variantId, locationId }: Readonly<{ variantId: string; locationId: string }>,
  cause: MovementCause,
  decide: (item: ItemState) => number | Refusal,
): Promise<StockLevel | Refusal> {
  return inTransaction(em, async (tx) => {
    await expireDue(tx, actor, [variantId]);
    for (;;) {
      const stock = await lockStock(tx, [variantId]);
      const item = stock.find((candidate) => candidate.locationId === locationId);
      const delta = decide(item ?? neverRecorded);
      if (typeof delta !== 'number') return delta;
      if (item !== undefined) {
        await changeStock(tx, actor, stock, [{ item, onHand: delta, reserved: 0 }], cause);
        return {
          id: item.id,
          variantId,
          locationId,
          onHand: item.onHand + delta,
          reserved: item.reserved,
          version: item.version + (delta === 0 ? 0 : 1),
        };
      }
      await insertEmpty(tx, actor, variantId, locationId);
    }
  });
}

/** Whoever inserts first, the item is there after. */
async function insertEmpty(
  tx: EntityManager,
  { clock, newId }: Actor,
  variantId: string,
  locationId: string,
): Promise<void> {
  const now = clock.now();
  const empty = { id: newId(), onHand: 0, reserved: 0, version: 0, createdAt: now, updatedAt: now };
  await rowsOf(tx).insertNew(StockItem, { ...empty, variantId, locationId }, ['variantId', 'locationId']);
}

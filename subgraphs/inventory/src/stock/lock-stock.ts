import { type EntityManager, rowsOf } from '@stoa/database';
import { StockItem } from './stock-item.entity.ts';

/** An item as it is while the transaction holds it: nobody else changes it before the transaction ends. */
export type LockedItem = Readonly<
  Pick<StockItem, 'id' | 'variantId' | 'locationId' | 'onHand' | 'reserved' | 'version'>
>;

/**
 * Takes hold of all items of some variants. All who change stock come through here, and the database hands the rows
 * out in one order (variant, location), so that two of them wait for each other at most one way: no deadlock.
 * A transaction that locks reservations too does so before.
 */
export async function lockStock(
  tx: EntityManager,
  variantIds: readonly string[],
): Promise<readonly LockedItem[]> {
  return rowsOf(tx).find(
    StockItem,
    { variantId: variantIds },
    { lock: true, orderBy: { variantId: 'asc', locationId: 'asc' } },
  );
}

import { type EntityManager, readInteger, rowsOf } from '@stoa/database';
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

/** An item, and how many units of it a reservation keeps. */
export type KeptItem = LockedItem & { readonly quantity: number };

/** As `lockStock`, for the variants of a reservation. */
export async function lockStockOf(tx: EntityManager, reservationId: string): Promise<readonly KeptItem[]> {
  const rows = rowsOf(tx);
  const stock = await rows.all(
    `select item.id, item.variant_id, item.location_id, item.on_hand, item.reserved, item.version,
       coalesce(line.quantity, 0) as quantity
     from stock_item item left join reservation_line line on line.reservation_id = ?
       and line.variant_id = item.variant_id and line.location_id = item.location_id
     where item.variant_id in (select variant_id from reservation_line where reservation_id = ?)
     order by item.variant_id, item.location_id${rows.isPostgreSql ? ' for update of item' : ''}`,
    [reservationId, reservationId],
  );
  return stock.map((row) => ({
    id: String(row['id']),
    variantId: String(row['variant_id']),
    locationId: String(row['location_id']),
    onHand: readInteger(row['on_hand']),
    reserved: readInteger(row['reserved']),
    version: readInteger(row['version']),
    quantity: readInteger(row['quantity']),
  }));
}

import { type EntityManager, type Knex, type Loader, loadOne, readInteger } from '@stoa/database';
import { dueLines } from '../reservation/due-lines.ts';

/** A stock item as it is shown: what a hold whose time has run out still keeps is free. */
export interface StockLevel {
  readonly id: string;
  readonly variantId: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly version: number;
}

/** What of a stock item can be sold, in SQL, of `stockWithOverdue`. */
export const availableUnits = 'stock_item.on_hand - stock_item.reserved + coalesce(overdue.quantity, 0)';

/**
 * All stock items, joined with what reservations hold of them past their time (`overdue.quantity`): what stands behind
 * `from`. Its one value is that time.
 */
export const stockWithOverdue = `stock_item left join (
    select reservation_line.variant_id, reservation_line.location_id, sum(reservation_line.quantity) as quantity
    from ${dueLines} group by reservation_line.variant_id, reservation_line.location_id
  ) overdue on overdue.variant_id = stock_item.variant_id and overdue.location_id = stock_item.location_id`;

/** `stockWithOverdue` to be narrowed, and its columns chosen. */
export function stockLevels(knex: Knex, now: Date): Knex.QueryBuilder {
  return knex.from(knex.raw(stockWithOverdue, [now]));
}

/** Reads rows of `stockLevels`, narrowed and ordered by the caller. */
export async function readStockLevels(knex: Knex, query: Knex.QueryBuilder): Promise<readonly StockLevel[]> {
  const rows: readonly Record<string, unknown>[] = await query.select(
    'stock_item.id',
    'stock_item.variant_id',
    'stock_item.location_id',
    'stock_item.on_hand',
    'stock_item.version',
    knex.raw('stock_item.reserved - coalesce(overdue.quantity, 0) as reserved'),
  );
  return rows.map((row) => ({
    id: String(row.id),
    variantId: String(row.variant_id),
    locationId: String(row.location_id),
    onHand: readInteger(row.on_hand),
    reserved: readInteger(row.reserved),
    version: readInteger(row.version),
  }));
}

/** Stock items by id. */
export function stockItemLoader(em: EntityManager, now: () => Date): Loader<string, StockLevel | null> {
  return loadOne(
    (ids) => {
      const knex = em.getKnex();
      return readStockLevels(knex, stockLevels(knex, now()).whereIn('stock_item.id', [...ids]));
    },
    (level) => level.id,
  );
}

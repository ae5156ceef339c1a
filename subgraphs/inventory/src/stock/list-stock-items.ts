import {
  applyPage,
  type Connection,
  type ConnectionArguments,
  connectionPage,
  type EntityManager,
  readInteger,
  toConnection,
} from '@stoa/database';
import { availableUnits, readStockLevels, type StockLevel, stockLevels } from './stock-levels.ts';

/** What must hold of the items that are listed; what is left out need not. */
export interface StockItemFilter {
  readonly variantId?: string | null;
  readonly locationId?: string | null;
  /** Whether nothing of it can be sold. */
  readonly outOfStock?: boolean | null;
}

const order = { list: 'stockItems', columns: ['stock_item.id'], direction: 'asc' } as const;

/**
 * Lists stock items, oldest record first.
 * @throws {Failure} bad-input for a page size or a cursor that is out of place
 */
export async function listStockItems(
  em: EntityManager,
  now: Date,
  page: ConnectionArguments,
  filter: StockItemFilter,
): Promise<Connection<StockLevel>> {
  const knex = em.getKnex();
  const wanted = connectionPage(page, order);
  const matching = () => {
    const query = stockLevels(knex, now);
    if (filter.variantId != null) query.where('stock_item.variant_id', filter.variantId);
    if (filter.locationId != null) query.where('stock_item.location_id', filter.locationId);
    if (filter.outOfStock != null) query.whereRaw(`${availableUnits} ${filter.outOfStock ? '<=' : '>'} 0`);
    return query;
  };
  const levels = await readStockLevels(knex, applyPage(matching(), wanted));
  return toConnection(
    levels,
    wanted,
    ({ id }) => [id],
    async () => {
      const [row] = await matching().count({ count: 'stock_item.id' });
      return readInteger(row?.count);
    },
  );
}

import { type EntityManager, type Loader, loadOne, readInteger } from '@stoa/database';
import { availableUnits, stockLevels } from './stock-levels.ts';

/** What can be sold of a variant, over all locations. */
export interface VariantAvailability {
  readonly variantId: string;
  /** Units; never below 0. */
  readonly available: number;
}

/** The largest number that GraphQL's Int and the proto's int32 hold. */
const largestInt = 2 ** 31 - 1;

/** What can be sold of variants, by their id; null for one that has never been in stock. */
export function availabilityLoader(
  em: EntityManager,
  now: () => Date,
): Loader<string, VariantAvailability | null> {
  return loadOne(
    async (variantIds) => {
      const knex = em.getKnex();
      const rows: readonly Record<string, unknown>[] = await stockLevels(knex, now())
        .whereIn('stock_item.variant_id', [...variantIds])
        .groupBy('stock_item.variant_id')
        .select('stock_item.variant_id', knex.raw(`sum(${availableUnits}) as available`));
      return rows.map((row) => ({
        variantId: String(row.variant_id),
        available: Math.min(Math.max(readInteger(row.available), 0), largestInt),
      }));
    },
    ({ variantId }) => variantId,
  );
}

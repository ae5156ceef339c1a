import { type EntityManager, type Gathered, gathered, readInteger, rowsOf } from '@stoa/database';
import { availableUnits, stockWithOverdue } from './stock-levels.ts';

/** What can be sold of a variant, over all locations. */
export interface VariantAvailability {
  readonly variantId: string;
  /** Units; never below 0. */
  readonly available: number;
  readonly inStock: boolean;
}

/** Of a variant that has never been in stock. */
export const neverInStock = { available: 0, inStock: false };

/** The largest number that GraphQL's Int and the proto's int32 hold. */
const largestInt = 2 ** 31 - 1;

/** What can be sold of variants, by their id; none of one that has never been in stock. */
export function availabilityReads(em: EntityManager, now: () => Date): Gathered<string, VariantAvailability> {
  const stock = rowsOf(em);
  return gathered(
    async (variantIds) => {
      const rows = await stock.all(
        `select stock_item.variant_id, sum(${availableUnits}) as available from ${stockWithOverdue}
         where stock_item.variant_id = any(?) group by stock_item.variant_id`,
        [now(), variantIds],
      );
      return rows.map((row) => {
        const available = Math.min(Math.max(readInteger(row['available']), 0), largestInt);
        return { variantId: String(row['variant_id']), available, inStock: available > 0 };
      });
    },
    ({ variantId }) => variantId,
  );
}

import { type EntityManager, readInteger, readTime, rowsOf } from '@stoa/database';

/** A price as staff read it. */
export interface PriceRecord {
  readonly priceListId: string;
  readonly variantId: string;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly version: number;
  readonly updatedAt: Date;
}

/** Reads the prices that a list has for the variants with one query; what has no price is left out. */
export async function findPrices(
  em: EntityManager,
  priceListId: string,
  variantIds: readonly string[],
): Promise<readonly PriceRecord[]> {
  const rows = await rowsOf(em).all(
    `select price.price_list_id, price.variant_id, price.amount, price_list.currency, price.version, price.updated_at
     from price
     join price_list on price_list.id = price.price_list_id
     where price.price_list_id = ? and price.variant_id = any(?)`,
    [priceListId, variantIds],
  );
  return rows.map((row) => ({
    priceListId: String(row['price_list_id']),
    variantId: String(row['variant_id']),
    amount: readInteger(row['amount']),
    currency: String(row['currency']),
    version: readInteger(row['version']),
    updatedAt: readTime(row['updated_at']),
  }));
}

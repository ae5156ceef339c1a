import { type EntityManager, type Loader, loadOne } from '@stoa/database';

/** A place that holds stock, as it is shown. */
export interface StockLocationRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** All locations, by code. */
export async function listStockLocations(em: EntityManager): Promise<readonly StockLocationRow[]> {
  return em
    .getKnex()<StockLocationRow>('stock_location')
    .select('id', 'code', 'name', 'country')
    .orderBy('code');
}

/** Locations by id. */
export function stockLocationLoader(em: EntityManager): Loader<string, StockLocationRow | null> {
  return loadOne(
    async (ids) =>
      em
        .getKnex()<StockLocationRow>('stock_location')
        .select('id', 'code', 'name', 'country')
        .whereIn('id', [...ids]),
    ({ id }) => id,
  );
}

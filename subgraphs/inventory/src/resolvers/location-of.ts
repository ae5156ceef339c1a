import type { Context } from '../context.ts';
import type { StockLocationRow } from '../stock/stock-locations.ts';

/** The location that a foreign key names, which the database keeps from being missing. */
export async function locationOf(id: string, { stockLocations }: Context): Promise<StockLocationRow> {
  const location = await stockLocations.load(id);
  if (location === null) throw new Error(`Expected a location ${id}, to which stock refers`);
  return location;
}

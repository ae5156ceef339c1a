import { type EntityManager, type Knex, readBoolean, readInteger } from '@stoa/database';

/** A price list as it is read. */
export interface PriceListRecord {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly isTaxIncluded: boolean;
  readonly country: string;
  readonly version: number;
}

/** Reads the price lists that `narrow` leaves of all, by code. */
export async function findPriceLists(
  em: EntityManager,
  narrow: (lists: Knex.QueryBuilder) => Knex.QueryBuilder = (lists) => lists,
): Promise<readonly PriceListRecord[]> {
  const lists = em
    .getKnex()('price_list')
    .select('id', 'code', 'name', 'currency', 'is_tax_included', 'country', 'version')
    .orderBy('code');
  const rows: Record<string, unknown>[] = await narrow(lists);
  return rows.map((row) => ({
    id: String(row.id),
    code: String(row.code),
    name: String(row.name),
    currency: String(row.currency),
    isTaxIncluded: readBoolean(row.is_tax_included),
    country: String(row.country),
    version: readInteger(row.version),
  }));
}

import type { InferEntity } from '@mikro-orm/core';
import { type EntityManager, rowsOf, type Where } from '@stoa/database';
import { PriceList } from './price-list.entity.ts';

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

/** Reads price lists, all of them unless told which, by code. */
export function findPriceLists(
  em: EntityManager,
  which: Where<InferEntity<typeof PriceList>> = {},
): Promise<readonly PriceListRecord[]> {
  return rowsOf(em).find(PriceList, which, { orderBy: { code: 'asc' } });
}

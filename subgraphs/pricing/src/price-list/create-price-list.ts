import type { EntityManager } from '@stoa/database';
import { checkCode, checkName, firstInvalid, type InvalidInput } from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { PriceList } from './price-list.entity.ts';

export interface NewPriceList {
  readonly code: string;
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly isTaxIncluded: boolean;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export type CreatePriceListOutcome =
  | { readonly kind: 'created'; readonly priceListId: string }
  | { readonly kind: 'exists'; readonly field: 'code' | 'currency'; readonly priceListId: string }
  | InvalidInput;

/** Opens a price list, unless one has its code or its currency. */
export async function createPriceList(
  em: EntityManager,
  list: NewPriceList,
  { now, newId }: Occasion,
): Promise<CreatePriceListOutcome> {
  const invalid = firstInvalid(checkCode('input.code', list.code), checkName('input.name', list.name));
  if (invalid !== null) return invalid;
  const other = await em.findOne(PriceList, { $or: [{ code: list.code }, { currency: list.currency }] });
  if (other !== null) {
    const field = other.code === list.code ? 'code' : 'currency';
    return { kind: 'exists', field, priceListId: other.id };
  }
  const created = em.create(PriceList, { ...list, id: newId(), createdAt: now, updatedAt: now });
  return { kind: 'created', priceListId: created.id };
}

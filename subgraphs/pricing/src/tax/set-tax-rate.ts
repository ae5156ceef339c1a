import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { checkRange, type InvalidInput } from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { TaxCategory, TaxRate } from './tax-category.entity.ts';

export interface NewTaxRate {
  readonly taxCategoryId: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** From 0 to 10000. */
  readonly basisPoints: number;
}

export type SetTaxRateOutcome =
  | { readonly kind: 'set' }
  | { readonly kind: 'category-not-found' }
  | InvalidInput;

/** Sets what a country takes of the goods of a category, from the next price or quote on. */
export async function setTaxRate(
  em: EntityManager,
  { taxCategoryId, country, basisPoints }: NewTaxRate,
  { now, newId }: Occasion,
): Promise<SetTaxRateOutcome> {
  const invalid = checkRange('input.basisPoints', basisPoints, 0, 10_000);
  if (invalid !== null) return invalid;
  if ((await em.findOne(TaxCategory, taxCategoryId)) === null) return { kind: 'category-not-found' };
  const rate = await em.findOne(
    TaxRate,
    { taxCategoryId, country },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (rate === null) {
    em.create(TaxRate, { id: newId(), taxCategoryId, country, basisPoints, createdAt: now, updatedAt: now });
  } else if (rate.basisPoints !== basisPoints) {
    em.assign(rate, { basisPoints, updatedAt: now });
  }
  return { kind: 'set' };
}

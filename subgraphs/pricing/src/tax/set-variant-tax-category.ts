import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@stoa/database';
import { checkVariantId, type InvalidInput } from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { TaxCategory, VariantTaxCategory } from './tax-category.entity.ts';

export type SetVariantTaxCategoryOutcome =
  | { readonly kind: 'set' }
  | { readonly kind: 'category-not-found' }
  | InvalidInput;

/** Says how a variant is taxed, from the next price or quote on. */
export async function setVariantTaxCategory(
  em: EntityManager,
  { variantId, taxCategoryId }: { variantId: string; taxCategoryId: string },
  { now, newId }: Occasion,
): Promise<SetVariantTaxCategoryOutcome> {
  const invalid = checkVariantId('input.variantId', variantId);
  if (invalid !== null) return invalid;
  if ((await em.findOne(TaxCategory, taxCategoryId)) === null) return { kind: 'category-not-found' };
  const assignment = await em.findOne(
    VariantTaxCategory,
    { variantId },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (assignment === null) {
    em.create(VariantTaxCategory, { id: newId(), variantId, taxCategoryId, createdAt: now, updatedAt: now });
  } else if (assignment.taxCategoryId !== taxCategoryId) {
    em.assign(assignment, { taxCategoryId, updatedAt: now });
  }
  return { kind: 'set' };
}

import type { EntityManager } from '@stoa/database';
import { checkCode, checkName, firstInvalid, type InvalidInput } from '../input/invalid-input.ts';
import type { Occasion } from '../occasion.ts';
import { TaxCategory } from './tax-category.entity.ts';

export type CreateTaxCategoryOutcome =
  | { readonly kind: 'created'; readonly taxCategoryId: string }
  | { readonly kind: 'exists'; readonly taxCategoryId: string }
  | InvalidInput;

/** Opens a tax category without rates, unless one has its code. */
export async function createTaxCategory(
  em: EntityManager,
  { code, name }: { code: string; name: string },
  { now, newId }: Occasion,
): Promise<CreateTaxCategoryOutcome> {
  const invalid = firstInvalid(checkCode('input.code', code), checkName('input.name', name));
  if (invalid !== null) return invalid;
  const other = await em.findOne(TaxCategory, { code });
  if (other !== null) return { kind: 'exists', taxCategoryId: other.id };
  const created = em.create(TaxCategory, { id: newId(), code, name, createdAt: now, updatedAt: now });
  return { kind: 'created', taxCategoryId: created.id };
}

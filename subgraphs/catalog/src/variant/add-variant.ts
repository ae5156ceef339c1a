import type { EntityManager } from '@stoa/database';
import type { ProductVariantInput } from '../__generated__/resolvers-types.ts';
import { namesByLocale } from '../input/coded-name.ts';
import { combinationOf } from '../product/choose-option-values.ts';
import type { Work } from '../work.ts';
import { Variant, VariantOptionValue } from './variant.entity.ts';

/** A value that a variant has, and the option that it is a value of. */
export interface ChosenValue {
  readonly id: string;
  readonly optionId: string;
}

/**
 * Adds a variant that has been checked to the unit of work.
 * @param position its place among the product's variants
 * @returns its id
 */
export function addVariant(
  { clock, newId }: Work,
  tx: EntityManager,
  productId: string,
  position: number,
  input: Omit<ProductVariantInput, 'options'>,
  values: readonly ChosenValue[],
): string {
  const now = clock.now();
  const id = newId();
  tx.create(Variant, {
    id,
    product: productId,
    position,
    sku: input.sku,
    name: input.name?.trim() ?? null,
    nameTranslations: namesByLocale(input.translations ?? []),
    weightGrams: input.weightGrams ?? null,
    state: 'ACTIVE',
    combination: combinationOf(values.map((value) => value.id)),
    createdAt: now,
    updatedAt: now,
  });
  for (const value of values) {
    tx.create(VariantOptionValue, { variant: id, option: value.optionId, optionValue: value.id });
  }
  return id;
}

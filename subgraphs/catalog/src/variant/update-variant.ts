import type { UpdateVariantInput } from '../__generated__/resolvers-types.ts';
import {
  type Check,
  checkGiven,
  checkName,
  checkNameTranslations,
  checkSku,
  checkWeight,
} from '../input/checks.ts';
import { namesByLocale } from '../input/coded-name.ts';
import type { Outcome } from '../problem.ts';
import { recordProductChange } from '../product/record-product-change.ts';
import { changeTime, commit, type Work } from '../work.ts';
import { lockVariant } from './lock-variant.ts';
import { Variant } from './variant.entity.ts';
import { checkOwnName } from './variant-input.ts';

/** Changes what is given, if the variant is still as the change was made from. */
export async function changeVariant(
  work: Work,
  input: UpdateVariantInput,
): Promise<Outcome<'invalid-input' | 'variant-not-found' | 'stale-version' | 'sku-taken'>> {
  const problem = checkChanges(input);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const variant = await lockVariant(tx, input.id);
    if (variant === null) return { problem: 'variant-not-found', variantId: input.id };
    const { expectedVersion } = input;
    if (variant.version !== expectedVersion) {
      return { problem: 'stale-version', expectedVersion, currentVersion: variant.version };
    }
    const sku = input.sku ?? variant.sku;
    if (sku !== variant.sku && (await tx.count(Variant, { sku })) > 0) return { problem: 'sku-taken', sku };
    const name = (input.name === undefined ? variant.name : input.name?.trim()) ?? null;
    const nameless = checkOwnName('input', name, input.translations ?? []);
    if (nameless !== null) return nameless;

    variant.sku = sku;
    variant.name = name;
    variant.nameTranslations =
      name === null ? {} : { ...variant.nameTranslations, ...namesByLocale(input.translations ?? []) };
    if (input.weightGrams !== undefined) variant.weightGrams = input.weightGrams;
    variant.updatedAt = changeTime(work, variant.updatedAt);
    recordProductChange(work, tx, 'UPDATED', variant.product, [variant.id]);
    return { problem: null, id: variant.id };
  });
}

function checkChanges({ sku, name, weightGrams, translations }: UpdateVariantInput): Check {
  return (
    checkGiven('input.sku', sku, checkSku) ??
    checkGiven('input.name', name, checkName) ??
    checkGiven('input.weightGrams', weightGrams, checkWeight) ??
    checkNameTranslations('input.translations', translations ?? [])
  );
}

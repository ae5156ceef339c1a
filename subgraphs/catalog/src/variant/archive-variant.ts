import type { Outcome } from '../problem.ts';
import { recordProductChange } from '../product/record-product-change.ts';
import { changeTime, commit, type Work } from '../work.ts';
import { lockVariant } from './lock-variant.ts';

/** Takes a variant out of sale. What is archived already stays as it is, without an event. */
export async function retireVariant(work: Work, variantId: string): Promise<Outcome<'variant-not-found'>> {
  return commit(work, async (tx) => {
    const variant = await lockVariant(tx, variantId);
    if (variant === null) return { problem: 'variant-not-found', variantId };
    if (variant.state === 'ARCHIVED') return { problem: null, id: variant.id };
    variant.state = 'ARCHIVED';
    variant.updatedAt = changeTime(work, variant.updatedAt);
    recordProductChange(work, tx, 'UPDATED', variant.product, [variant.id]);
    return { problem: null, id: variant.id };
  });
}

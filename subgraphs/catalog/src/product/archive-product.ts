import type { Outcome } from '../problem.ts';
import { Variant } from '../variant/variant.entity.ts';
import { changeTime, commit, type Work } from '../work.ts';
import { lockProduct } from './lock-product.ts';
import { recordProductChange } from './record-product-change.ts';

/** Takes a product out of sale, and its variants with it. What is archived already stays as it is, without an event. */
export async function retireProduct(work: Work, productId: string): Promise<Outcome<'product-not-found'>> {
  return commit(work, async (tx) => {
    const product = await lockProduct(tx, productId);
    if (product === null) return { problem: 'product-not-found', productId };
    if (product.state === 'ARCHIVED') return { problem: null, id: product.id };
    product.state = 'ARCHIVED';
    product.updatedAt = changeTime(work, product.updatedAt);
    const variants = await tx.find(
      Variant,
      { product: productId },
      { fields: ['id'], orderBy: { position: 'asc' } },
    );
    recordProductChange(
      work,
      tx,
      'ARCHIVED',
      productId,
      variants.map(({ id }) => id),
    );
    return { problem: null, id: product.id };
  });
}

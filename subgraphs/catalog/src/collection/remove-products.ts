import { isId } from '@stoa/clock';
import type { RemoveProductsFromCollectionInput } from '../__generated__/resolvers-types.ts';
import { checkCount } from '../input/checks.ts';
import type { Outcome } from '../problem.ts';
import { recordProductChange } from '../product/record-product-change.ts';
import { commit, type Work } from '../work.ts';
import { CollectionProduct } from './collection.entity.ts';
import { lockCollection } from './lock-collection.ts';

/** Takes products out of a collection; those that are not in it are passed over. */
export async function removeProducts(
  work: Work,
  { collectionId, productIds }: RemoveProductsFromCollectionInput,
): Promise<Outcome<'invalid-input' | 'collection-not-found'>> {
  const problem = checkCount('input.productIds', productIds, [1, 100]);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    if (collection === null) return { problem: 'collection-not-found', collectionId };
    const present = await tx.find(CollectionProduct, {
      collection: collectionId,
      product: { $in: productIds.filter(isId) },
    });
    for (const shelved of present) {
      tx.remove(shelved);
      recordProductChange(work, tx, 'UPDATED', shelved.product, []);
    }
    return { problem: null, id: collectionId };
  });
}

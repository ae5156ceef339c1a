import { isId } from '@stoa/clock';
import type { AddProductsToCollectionInput } from '../__generated__/resolvers-types.ts';
import { checkCount } from '../input/checks.ts';
import type { Outcome } from '../problem.ts';
import { Product } from '../product/product.entity.ts';
import { recordProductChange } from '../product/record-product-change.ts';
import { commit, type Work } from '../work.ts';
import { CollectionProduct } from './collection.entity.ts';
import { lockCollection } from './lock-collection.ts';

/** Puts products into a collection, all or none; those that are in it already stay, without an event. */
export async function addProducts(
  work: Work,
  { collectionId, productIds }: AddProductsToCollectionInput,
): Promise<Outcome<'invalid-input' | 'collection-not-found' | 'product-not-found'>> {
  const problem = checkCount('input.productIds', productIds, [1, 100]);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const collection = await lockCollection(tx, collectionId);
    if (collection === null) return { problem: 'collection-not-found', collectionId };
    const products = await tx.find(Product, { id: { $in: productIds.filter(isId) } });
    const missing = productIds.find((id) => !products.some((product) => product.id === id));
    if (missing !== undefined) return { problem: 'product-not-found', productId: missing };
    const present = await tx.find(CollectionProduct, {
      collection: collectionId,
      product: { $in: [...productIds] },
    });
    const presentIds = new Set(present.map(({ product }) => product));

    for (const { id, state, nameKey, createdAt } of products.filter(
      (product) => !presentIds.has(product.id),
    )) {
      tx.create(CollectionProduct, {
        collection: collectionId,
        product: id,
        productState: state,
        productNameKey: nameKey,
        productCreatedAt: createdAt,
      });
      recordProductChange(work, tx, 'UPDATED', id, []);
    }
    return { problem: null, id: collectionId };
  });
}

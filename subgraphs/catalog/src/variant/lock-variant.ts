import { isId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { lockProduct } from '../product/lock-product.ts';
import { Variant } from './variant.entity.ts';

/** The variant, with its product held until the transaction ends; null when there is none. */
export async function lockVariant(tx: EntityManager, id: string): Promise<Variant | null> {
  const found = isId(id) ? await tx.findOne(Variant, id, { fields: ['product'] }) : null;
  if (found === null) return null;
  await lockProduct(tx, found.product);
  // As it is now that nobody else can change it.
  return tx.findOneOrFail(Variant, id, { refresh: true });
}

import { LockMode } from '@mikro-orm/core';
import { isId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { Product } from './product.entity.ts';

/**
 * The product, held until the transaction ends, so that changes of a product and of its variants come
 * one after the other; null when there is none. SQLite has one writer anyway.
 */
export async function lockProduct(tx: EntityManager, id: string): Promise<Product | null> {
  return isId(id) ? tx.findOne(Product, id, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
}

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';
import { Product } from '../product/product.entity.ts';

/** A shelf of the shop. Its texts are in the default language. */
export const Collection = defineEntity({
  name: 'Collection',
  tableName: 'collection',
  properties: {
    ...baseProperties,
    slug: p.string(),
    name: p.string(),
    /** What the name is sorted by: `nameKey(name)`. */
    nameKey: p.string(),
    description: p.text(),
  },
});

/** A collection's texts in another language. */
export const CollectionTranslation = defineEntity({
  name: 'CollectionTranslation',
  tableName: 'collection_translation',
  properties: {
    collection: () => p.manyToOne(Collection).mapToPk().primary(),
    locale: p.string().primary(),
    name: p.string(),
    description: p.text().nullable(),
  },
});

/**
 * A product on a shelf, with copies of what the shelf is sorted and filtered by, so that an index
 * serves its pages. They are written here once; the database changes them with the product.
 */
export const CollectionProduct = defineEntity({
  name: 'CollectionProduct',
  tableName: 'collection_product',
  properties: {
    collection: () => p.manyToOne(Collection).mapToPk().primary(),
    product: () => p.manyToOne(Product).mapToPk().primary(),
    productState: p.enum(['ACTIVE', 'ARCHIVED'] as const),
    productNameKey: p.string(),
    productCreatedAt: p.datetime(3),
  },
});

export type Collection = InferEntity<typeof Collection>;

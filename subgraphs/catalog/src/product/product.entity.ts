import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** What the shop sells. Its texts are in the default language. */
export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    ...baseProperties,
    slug: p.string(),
    name: p.string(),
    /** What the name is sorted and searched by: `nameKey(name)`. */
    nameKey: p.string(),
    description: p.text(),
    state: p.enum(['ACTIVE', 'ARCHIVED'] as const),
  },
});

/** A product's texts in another language. */
export const ProductTranslation = defineEntity({
  name: 'ProductTranslation',
  tableName: 'product_translation',
  properties: {
    product: () => p.manyToOne(Product).mapToPk().primary(),
    locale: p.string().primary(),
    name: p.string(),
    nameKey: p.string(),
    description: p.text().nullable(),
  },
});

/** A product's picture; `position` counts from 0. */
export const ProductImage = defineEntity({
  name: 'ProductImage',
  tableName: 'product_image',
  properties: {
    product: () => p.manyToOne(Product).mapToPk().primary(),
    position: p.integer().primary(),
    url: p.text(),
    alt: p.string(),
  },
});

export type Product = InferEntity<typeof Product>;

import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';
import type { NameTranslations } from '../locale/translated.ts';
import { Product } from '../product/product.entity.ts';
import { OptionValue, ProductOption } from '../product/product-option.entity.ts';

/** What is bought: a product in one value of each of its options. */
export const Variant = defineEntity({
  name: 'Variant',
  tableName: 'variant',
  properties: {
    ...baseProperties,
    product: () => p.manyToOne(Product).mapToPk(),
    position: p.integer(),
    sku: p.string(),
    /** Null for a variant that is named by its option values. */
    name: p.string().nullable(),
    nameTranslations: p.json<NameTranslations>(),
    weightGrams: p.integer().nullable(),
    state: p.enum(['ACTIVE', 'ARCHIVED'] as const),
    /** Tells its option values from those of the product's other variants: `combinationOf(values)`. */
    combination: p.text(),
  },
});

/** The value that a variant has for one of its product's options. */
export const VariantOptionValue = defineEntity({
  name: 'VariantOptionValue',
  tableName: 'variant_option_value',
  properties: {
    variant: () => p.manyToOne(Variant).mapToPk().primary(),
    option: () => p.manyToOne(ProductOption).mapToPk().primary(),
    optionValue: () => p.manyToOne(OptionValue).mapToPk(),
  },
});

export type Variant = InferEntity<typeof Variant>;

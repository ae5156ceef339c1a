import { defineEntity, p } from '@mikro-orm/core';
import { baseProperties } from '@stoa/database';

/** A group of goods that are taxed alike. */
export const TaxCategory = defineEntity({
  name: 'TaxCategory',
  tableName: 'tax_category',
  properties: { ...baseProperties, code: p.string(), name: p.string() },
});

/** What a country takes of the goods of a category. */
export const TaxRate = defineEntity({
  name: 'TaxRate',
  tableName: 'tax_rate',
  properties: {
    ...baseProperties,
    taxCategoryId: p.string().length(36),
    /** ISO 3166-1 alpha-2. */
    country: p.string(),
    /** Of the net amount: 1900 is 19 %. */
    basisPoints: p.integer(),
  },
});

/** The category that staff gave a variant. */
export const VariantTaxCategory = defineEntity({
  name: 'VariantTaxCategory',
  tableName: 'variant_tax_category',
  properties: {
    ...baseProperties,
    variantId: p.string().length(36),
    taxCategoryId: p.string().length(36),
  },
});
